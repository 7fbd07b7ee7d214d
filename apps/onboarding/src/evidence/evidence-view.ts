import { EVIDENCE_TYPES } from '@idxcoop/contracts';
import { count, id, instant, list, members, oneOf, orNull, text } from '../answer-shapes';
import { EVIDENCE_STATES, type Evidence, SHOWN_BY_EVIDENCE } from './evidence.schema';

/** How a document is shown; never what it was called. Who decided is the office's business. */
export function viewEvidence(found: Evidence) {
  return {
    id: found._id,
    cooperativeId: found.cooperativeId,
    requirement: found.requirement,
    period: found.period ?? null,
    state: found.state,
    mediaType: found.mediaType,
    size: found.size,
    checksum: found.checksum,
    expiresOn: found.expiresOn ?? null,
    uploadedAt: found.uploadedAt.toISOString(),
    decidedAt: found.decidedAt?.toISOString() ?? null,
    reasons: found.reasons.map(({ code, note }) => ({ code, note: note ?? null })),
  };
}

const evidence = members({
  id,
  cooperativeId: id,
  requirement: oneOf(SHOWN_BY_EVIDENCE),
  period: orNull(text),
  state: oneOf(EVIDENCE_STATES),
  mediaType: oneOf(EVIDENCE_TYPES),
  size: count,
  checksum: text,
  expiresOn: orNull(text),
  uploadedAt: instant,
  decidedAt: orNull(instant),
  reasons: list(members({ code: text, note: orNull(text) })),
});

/** What the doors of evidence answer. */
export const EVIDENCE_ANSWERS = { evidence, list: members({ items: list(evidence), nextCursor: orNull(text) }) };
