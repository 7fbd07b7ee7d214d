import { DAY, FLAG, INSTANT, listOf, NUMBER, objectOf, orNull, TEXT, WHOLE } from './schema';

const BASELINE = orNull(objectOf({ value: NUMBER, date: DAY }));

const PLAN_MEMBERS = {
  name: TEXT,
  value: NUMBER,
  deadline: DAY,
  baseline: BASELINE,
  owner: orNull(TEXT),
};
const PLAN_OPTIONS = {
  eligible: orNull(WHOLE),
  areas: orNull(listOf(TEXT)),
  milestones: orNull(listOf(WHOLE)),
  paused: FLAG,
};

export const PLAN_NAME = objectOf({ version: WHOLE, since: DAY, reason: orNull(TEXT) });
export const PLAN = {
  version: WHOLE,
  since: DAY,
  knownAt: INSTANT,
  reason: orNull(TEXT),
  ...PLAN_MEMBERS,
  ...PLAN_OPTIONS,
};

export const TARGET_MEMBERS = {
  key: TEXT,
  ...PLAN_MEMBERS,
  timeZone: TEXT,
  indicator: objectOf({ key: TEXT, version: WHOLE, definition: TEXT, unit: TEXT, source: TEXT }),
};

export const TARGET = objectOf(
  {
    id: TEXT,
    ...TARGET_MEMBERS,
    ...PLAN_OPTIONS,
    plan: { ...PLAN_NAME, description: 'The plan in force today' },
    plans: { ...listOf(objectOf(PLAN)), description: 'Every plan, in the order in which they come into force' },
    createdAt: INSTANT,
  },
  'ReportingTarget',
);
