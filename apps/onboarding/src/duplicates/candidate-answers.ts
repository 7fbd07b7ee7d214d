import { COOPERATIVE_FORMS, COOPERATIVE_TYPES } from '@idxcoop/contracts';
import { id, instant, list, members, oneOf, orNull, text } from '../answer-shapes';
import { REGISTRATIONS } from '../cooperative/axes';
import { CANDIDATE_STATES } from './duplicate-candidate.schema';
import { BANDS } from './similarity';

const member = members({
  id,
  name: text,
  form: oneOf(COOPERATIVE_FORMS),
  type: oneOf(COOPERATIVE_TYPES),
  regionCode: text,
  registration: oneOf(REGISTRATIONS),
});

/** A pair as an officer sees it, for `/openapi.json`. */
export const candidateAnswer = members({
  id,
  cooperativeId: id,
  otherId: id,
  band: oneOf(BANDS),
  score: { type: 'number', minimum: 0, maximum: 1 },
  signals: list(oneOf(['same_village', 'same_core_name', 'similar_name', 'same_website', 'same_contact'])),
  state: oneOf(CANDIDATE_STATES),
  cooperatives: list(member),
  survivorId: orNull(id),
  reason: orNull(text),
  foundAt: instant,
  decidedAt: orNull(instant),
});

export const candidatesAnswer = members({ items: list(candidateAnswer), nextCursor: orNull(text) });
