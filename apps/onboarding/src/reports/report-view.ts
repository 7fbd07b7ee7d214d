import { REPORT_KINDS } from '@idxcoop/contracts';
import { id, instant, list, members, oneOf, orNull, type Schema, text } from '../answer-shapes';
import { type Report, REPORT_OUTCOMES, REPORT_STATES } from './report.schema';

/** How a report is answered: nothing of what somebody wrote. */
export function viewReport(report: Report) {
  return {
    id: report._id,
    kind: report.kind,
    state: report.state,
    cooperativeId: report.cooperativeId ?? null,
    receivedAt: report.receivedAt.toISOString(),
    outcome: report.outcome ?? null,
    reason: report.reason ?? null,
    closedAt: report.closedAt?.toISOString() ?? null,
  };
}

const report = {
  id,
  kind: oneOf(REPORT_KINDS),
  state: oneOf(REPORT_STATES),
  cooperativeId: orNull(id),
  receivedAt: instant,
  outcome: orNull(oneOf(REPORT_OUTCOMES)),
  reason: orNull(text),
  closedAt: orNull(instant),
};
const contact = members({ name: text, email: text, phone: text }, 'name', 'email', 'phone');

/** What the doors of reports answer, as `/openapi.json` describes it. */
export const REPORT_ANSWERS = {
  report: members(report),
  shown: members({ ...report, text: orNull(text), contact: orNull(contact) }),
  reports: members({ items: list(members(report)), nextCursor: orNull(text) }),
} satisfies Record<string, Schema>;
