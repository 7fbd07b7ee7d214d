import { DAY, FLAG, INSTANT, listOf, NUMBER, objectOf, oneOf, orNull, pageOf, TEXT, WHOLE } from './schema';

export const INDICATOR = objectOf(
  {
    key: TEXT,
    version: WHOLE,
    name: TEXT,
    definition: TEXT,
    formula: orNull(TEXT),
    unit: TEXT,
    source: TEXT,
    kind: oneOf('counted', 'observed'),
  },
  'ReportingIndicator',
);

const VALUES = listOf(objectOf({ source: TEXT, value: NUMBER }));
const VALUE = { date: DAY, value: NUMBER, source: TEXT, knownAt: INSTANT };

export const OBSERVATION = objectOf(
  { id: TEXT, indicator: TEXT, ...VALUE, conflict: orNull(VALUES) },
  'ReportingObservation',
);
export const OBSERVATIONS = pageOf(objectOf(VALUE), { conflicts: listOf(objectOf({ date: DAY, values: VALUES })) });

const CALENDAR = { effectiveFrom: DAY, knownAt: INSTANT, coversFrom: DAY, coversTo: DAY, daysOff: listOf(DAY) };
export const WORK_CALENDAR = objectOf({ id: TEXT, ...CALENDAR, reason: orNull(TEXT) }, 'ReportingWorkCalendar');
export const WORK_CALENDARS = pageOf(objectOf(CALENDAR));

const STAGES = objectOf({
  ...{ registered: WHOLE, contactVerified: WHOLE, submitted: WHOLE },
  ...{ verified: WHOLE, active: WHOLE, joined: WHOLE },
});
export const STATISTICS = objectOf(
  {
    asOf: DAY,
    knownAt: INSTANT,
    provisional: FLAG,
    timeZone: TEXT,
    stages: STAGES,
    byProvince: listOf(objectOf({ code: TEXT, name: TEXT, stages: STAGES })),
    byType: listOf(objectOf({ type: TEXT, stages: STAGES })),
  },
  'ReportingStatistics',
);
