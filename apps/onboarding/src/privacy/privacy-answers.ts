import { LANGUAGES } from '../people/person.schema';
import { id, instant, list, members, oneOf, orNull, type Schema, text } from '../answer-shapes';

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

/** What the doors of privacy answer, as `/openapi.json` describes it. */
export const PRIVACY_ANSWERS = {
  consentTexts: members({
    items: list(members({ version: text, language: oneOf(LANGUAGES), since: text, wording: text, digest: text })),
    nextCursor: orNull(text),
  }),
  auditEntries: members({ items: list(auditEntry), nextCursor: orNull(text) }),
} satisfies Record<string, Schema>;
