import {
  CHANNELS,
  COOPERATIVE_FORMS,
  COOPERATIVE_TYPES,
  READINESS_BANDS,
  READINESS_DIMENSIONS,
} from '@idxcoop/contracts';
import { count, flag, id, instant, list, members, oneOf, orNull, type Schema, text } from './answer-shapes';
import { ENTITIES, REGISTRATIONS } from './cooperative/axes';
import { PRINCIPLES } from './cooperative/cooperative.schema';
import { GRADES } from './cooperative/grade';
import { BOARD_POSITIONS } from './cooperative/organisation-facts';
import { REQUIREMENT_STATES, REQUIREMENTS } from './requirement/keys';
import { REVIEW_ANSWERS } from './review/review-answers';
import { REVIEW_STATES } from './review/review-case.schema';

const flow = members({ flowId: id, channel: oneOf(CHANNELS), expiresAt: instant });
const organisation = {
  name: text,
  form: oneOf(COOPERATIVE_FORMS),
  type: oneOf(COOPERATIVE_TYPES),
  registration: oneOf(REGISTRATIONS),
};
const stages = (states: readonly string[]) =>
  members({
    state: oneOf(states),
    history: list(members({ state: oneOf(states), effectiveOn: text, knownAt: instant, reason: orNull(text) })),
  });
/** The facts of an organisation that people edit, as every door shows them. */
const facts = {
  legalEntityNumber: orNull(text),
  nikKoperasi: orNull(text),
  website: orNull(text),
  foundedOn: orNull(text),
  annualMeetings: list(members({ bookYear: count, heldOn: orNull(text), source: text })),
  boardPositions: list(oneOf(BOARD_POSITIONS)),
  membershipCounts: orNull(members({ men: count, women: count, founders: orNull(count) })),
  memberCooperatives: list(id),
  grade: oneOf(GRADES),
  revision: count,
};
const requirementItem = members({
  key: oneOf(REQUIREMENTS),
  period: orNull(text),
  state: oneOf(REQUIREMENT_STATES),
  dueOn: orNull(text),
  source: orNull(text),
  evidence: list(text),
  reasons: list(members({ requirement: text, code: text, note: text }, 'note')),
  blocks: list(text),
  ruleVersion: text,
});
const assessment = members({
  id,
  moment: text,
  rubric: text,
  source: oneOf(['self', 'officer']),
  assessedAt: instant,
  dimensions: list(
    members({
      dimension: oneOf(READINESS_DIMENSIONS),
      title: text,
      score: count,
      band: oneOf(READINESS_BANDS),
      change: orNull({ type: 'integer' }),
    }),
  ),
  gaps: list(members({ dimension: oneOf(READINESS_DIMENSIONS), band: oneOf(READINESS_BANDS), advice: orNull(text) })),
});
const activity = oneOf(['never', 'active', 'cooling', 'silent']);

/** What the main doors answer, as `/openapi.json` describes it. */
export const ANSWERS = {
  registered: members({
    id,
    registration: oneOf(REGISTRATIONS),
    statusToken: text,
    statusUrl: text,
    verifications: list(flow),
  }),
  cooperative: members({
    id,
    ...organisation,
    principle: orNull(oneOf(PRINCIPLES)),
    regionCode: text,
    region: members({ code: text, name: text, level: text, provinceCode: text }, 'name', 'level', 'provinceCode'),
    website: orNull(text),
    survivorId: orNull(id),
    survivor: orNull(text),
    entity: oneOf(ENTITIES),
    foundedOn: orNull(text),
    grade: oneOf(GRADES),
    mergedInto: orNull(text),
  }),
  profile: members({ id, ...facts }),
  requirement: requirementItem,
  assessment,
  assessments: members({ items: list(assessment), nextCursor: orNull(text) }),
  rubric: members({
    version: text,
    scale: list(members({ answer: count, text })),
    dimensions: list(
      members({
        dimension: oneOf(READINESS_DIMENSIONS),
        title: text,
        questions: list(members({ id: text, text })),
      }),
    ),
  }),
  entity: members({
    id,
    entity: oneOf(ENTITIES),
    mergedInto: orNull(text),
    history: stages(ENTITIES).properties?.history as Schema,
  }),
  status: members({
    id,
    name: text,
    registration: oneOf(REGISTRATIONS),
    entity: oneOf(ENTITIES),
    survivorId: orNull(id),
    survivor: orNull(text),
    activity,
    stages: members({
      registration: stages(REGISTRATIONS),
      entity: stages(ENTITIES),
      activity: members({ state: activity, lastSeenAt: orNull(instant) }),
    }),
    requirements: members({
      currentlyDue: list(text),
      eventuallyDue: list(text),
      pastDue: list(text),
      pendingVerification: list(text),
      satisfied: list(text),
      errors: list(members({ requirement: text, code: text, note: text }, 'note')),
      items: list(requirementItem),
    }),
    deadline: orNull(members({ at: instant, on: text, requirement: text })),
    ...facts,
    nextStep: members({ code: text, text }),
    verifications: list(flow),
    reviewCase: orNull(members({ id, state: oneOf(REVIEW_STATES), openedAt: instant })),
  }),
  flow,
  verified: members({ state: oneOf(['verified']) }),
  reviewCase: REVIEW_ANSWERS.reviewCase,
  reviewCases: REVIEW_ANSWERS.reviewCases,
  claim: members({
    id,
    cooperativeId: id,
    state: oneOf(['unverified', 'in_review', 'approved', 'rejected']),
    createdAt: instant,
    decidedAt: orNull(instant),
  }),
  import: members({
    id,
    state: oneOf(['queued', 'running', 'completed', 'failed', 'rolled_back']),
    dryRun: flag,
    mode: oneOf(['partial', 'all']),
    checksum: text,
    totals: members({
      rows: count,
      created: count,
      updated: count,
      unchanged: count,
      duplicates: count,
      rejected: count,
    }),
    progress: members({ done: count, of: count }),
    errorsUrl: text,
    createdAt: instant,
    finishedAt: orNull(instant),
  }),
} satisfies Record<string, Schema>;
