import { DAY, FLAG, INSTANT, listOf, NUMBER, objectOf, oneOf, orNull, pageOf, TEXT, WHOLE } from './schema';
import { PLAN, PLAN_NAME, TARGET_MEMBERS } from './target';

const STATES = oneOf(
  ...['paused', 'achieved', 'missed', 'not_started', 'rebaselined', 'stale_data', 'insufficient_history'],
  ...['on_track', 'at_risk', 'off_track'],
);
const REVISION = { firstPublished: NUMBER, delta: NUMBER, reason: TEXT };

export const PROGRESS = objectOf(
  {
    target: objectOf(TARGET_MEMBERS),
    asOf: DAY,
    knownAt: INSTANT,
    actual: NUMBER,
    remaining: NUMBER,
    progressPercent: orNull(NUMBER),
    areasReached: orNull(objectOf({ provinces: WHOLE, of: WHOLE })),
    coverage: orNull(objectOf({ eligible: WHOLE, percent: orNull(NUMBER) })),
    days: objectOf({ left: WHOLE, workingLeft: WHOLE, calendarVersion: orNull(DAY), 'calendarCovers?': FLAG }),
    requiredPace: objectOf({ perDay: orNull(NUMBER), perWeek: orNull(NUMBER), perWorkingDay: orNull(NUMBER) }),
    averagePace: orNull(objectOf({ perDay: NUMBER })),
    recentPace: orNull(objectOf({ perDay: NUMBER, days: WHOLE })),
    expected: orNull(NUMBER),
    indexPercent: orNull(NUMBER),
    bufferDays: orNull(NUMBER),
    linearDate: orNull(DAY),
    projectedAtDeadline: orNull(NUMBER),
    status: objectOf({ state: STATES, reason: TEXT, 'achievedLateOn?': DAY }),
    forecast: orNull(
      objectOf({
        method: oneOf('gamma_poisson', 'envelope', 'capped_logistic'),
        confidence: oneOf('low', 'normal'),
        p10: NUMBER,
        p50: NUMBER,
        p90: NUMBER,
        probability: NUMBER,
        window: objectOf({ days: WHOLE, events: NUMBER }),
      }),
    ),
    byArea: listOf(objectOf({ code: TEXT, name: TEXT, actual: WHOLE })),
    milestones: listOf(objectOf({ percent: WHOLE, reachedOn: DAY })),
    plan: PLAN_NAME,
    provisional: FLAG,
    revision: orNull(objectOf(REVISION)),
    'conflicts?': listOf(objectOf({ date: DAY, values: listOf(objectOf({ source: TEXT, value: NUMBER })) })),
  },
  'ReportingProgress',
);

export const SERIES = pageOf(objectOf({ date: DAY, actual: NUMBER, expected: orNull(NUMBER) }), {
  key: TEXT,
  until: DAY,
  knownAt: INSTANT,
});

export const REVISIONS = pageOf({
  oneOf: [
    objectOf({ kind: oneOf('plan'), ...PLAN }, 'ReportingPlanRevision'),
    objectOf({ kind: oneOf('figure'), asOf: DAY, actual: NUMBER, ...REVISION }, 'ReportingFigureRevision'),
  ],
});

export const SNAPSHOT = objectOf(
  {
    id: TEXT,
    asOf: DAY,
    kind: oneOf('nightly', 'on_demand'),
    publishedAt: INSTANT,
    knownAt: INSTANT,
    actual: NUMBER,
    progress: PROGRESS,
  },
  'ReportingSnapshot',
);

export const ALLOCATION = objectOf(
  { method: oneOf('largest_remainder'), items: listOf(objectOf({ code: TEXT, value: WHOLE })) },
  'ReportingAllocation',
);
