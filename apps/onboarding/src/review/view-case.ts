import type { Cooperative } from '../cooperative/cooperative.schema';
import type { ReviewCase } from './review-case.schema';

type Organisation = Pick<Cooperative, 'name' | 'form' | 'type' | 'registration'>;

/** How an officer sees a case. */
export function viewCase(found: ReviewCase, cooperative: Organisation | null | undefined) {
  const { name, form, type, registration } = cooperative ?? {};
  return {
    id: found._id,
    kind: found.kind,
    state: found.state,
    cooperativeId: found.cooperativeId,
    cooperative: { id: found.cooperativeId, name, form, type, registration },
    regionCode: found.regionCode,
    office: { level: found.office.level, code: found.office.code },
    openedAt: found.openedAt.toISOString(),
    assignedTo: found.assignedTo ?? null,
    dueAt: found.dueAt?.toISOString() ?? null,
    pausedAt: found.pausedAt?.toISOString() ?? null,
    escalations: found.escalations.map(({ at, from, to, missedAt }) => ({
      at: at.toISOString(),
      from,
      to,
      missedAt: missedAt.toISOString(),
    })),
    decidedAt: found.decidedAt?.toISOString() ?? null,
    reasons: found.reasons.map(({ requirement, code, note }) => ({ requirement, code, note: note ?? null })),
  };
}
