import { CHANNELS, PRIVACY_REQUEST_KINDS } from '@idxcoop/contracts';
import { PURPOSES } from '../people/consent.schema';
import { IDENTITY_CHECKS, PRIVACY_STATES } from './privacy-request.schema';
import { LANGUAGES } from '../people/person.schema';
import { flag, id, instant, list, members, oneOf, orNull, type Schema, text } from '../answer-shapes';

const auditEntry = members({
  id,
  at: instant,
  action: text,
  subject: members({ kind: text, id: text }),
  personId: orNull(id),
  fields: list(members({ name: text, digest: orNull(text) })),
  by: text,
  reason: orNull(text),
  traceId: orNull(text),
});

const request = {
  id,
  kind: oneOf(PRIVACY_REQUEST_KINDS),
  state: oneOf(PRIVACY_STATES),
  personId: id,
  cooperativeId: id,
  askedBy: text,
  identity: orNull(members({ check: oneOf(IDENTITY_CHECKS), at: instant })),
  purposes: orNull(list(oneOf(PURPOSES))),
  channels: orNull(list(oneOf(CHANNELS))),
  receivedAt: instant,
  dueAt: instant,
  overdue: flag,
  clock: text,
  decidedAt: orNull(instant),
  reasonCode: orNull(text),
  copyUntil: orNull(instant),
  handedOutAt: orNull(instant),
};
const changes = { name: text, position: text, email: text, phone: text, language: oneOf(LANGUAGES) };

/** What the doors of privacy answer, as `/openapi.json` describes it. */
export const PRIVACY_ANSWERS = {
  privacyRequest: members(request),
  privacyRequests: members({ items: list(members(request)), nextCursor: orNull(text) }),
  shownPrivacyRequest: members({ ...request, changes: orNull(members(changes, ...Object.keys(changes))) }),
  consentTexts: members({
    items: list(members({ version: text, language: oneOf(LANGUAGES), since: text, wording: text, digest: text })),
    nextCursor: orNull(text),
  }),
  auditEntries: members({ items: list(auditEntry), nextCursor: orNull(text) }),
} satisfies Record<string, Schema>;
