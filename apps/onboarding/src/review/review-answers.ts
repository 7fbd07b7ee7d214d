import { COOPERATIVE_FORMS, COOPERATIVE_TYPES, REVIEW_OFFICES } from '@idxcoop/contracts';
import { id, instant, list, members, oneOf, orNull, text } from '../answer-shapes';
import { REGISTRATIONS } from '../cooperative/axes';
import { REVIEW_STATES } from './review-case.schema';

const office = oneOf(REVIEW_OFFICES);
const reasons = list(members({ requirement: text, code: text, note: orNull(text) }));
const request = members({
  id,
  reviewCaseId: id,
  state: oneOf(['open', 'answered', 'closed']),
  askedAt: instant,
  reasons,
  answeredAt: orNull(instant),
  answer: orNull(text),
});
const reviewCase = members({
  id,
  kind: oneOf(['application', 'claim']),
  state: oneOf(REVIEW_STATES),
  cooperativeId: id,
  cooperative: members({
    id,
    name: text,
    form: oneOf(COOPERATIVE_FORMS),
    type: oneOf(COOPERATIVE_TYPES),
    registration: oneOf(REGISTRATIONS),
  }),
  regionCode: text,
  office: members({ level: office, code: text }),
  openedAt: instant,
  assignedTo: orNull(text),
  dueAt: orNull(instant),
  pausedAt: orNull(instant),
  escalations: list(members({ at: instant, from: office, to: office, missedAt: instant })),
  decidedAt: orNull(instant),
  reasons,
});

/** What the doors of the review answer. */
export const REVIEW_ANSWERS = {
  reviewCase,
  reviewCases: members({ items: list(reviewCase), nextCursor: orNull(text) }),
  request,
  requests: members({ items: list(request), nextCursor: orNull(text) }),
  reasonCodes: members({ items: list(members({ code: text, text })) }),
};
