import type { AuditEntry } from './audit.schema';

/** An entry as it is answered. */
export function viewEntry({
  _id,
  at,
  action,
  subjectKind,
  subjectId,
  personId,
  fields,
  by,
  reason,
  traceId,
}: AuditEntry) {
  return {
    id: _id,
    at: at.toISOString(),
    action,
    subject: { kind: subjectKind, id: subjectId },
    personId: personId ?? null,
    fields: fields.map(({ name, digest }) => ({ name, digest: digest ?? null })),
    by,
    reason: reason ?? null,
    traceId: traceId ?? null,
  };
}
