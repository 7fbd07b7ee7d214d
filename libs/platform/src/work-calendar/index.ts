export { type CalendarVersion, decreeKnownAt } from './calendar-version';
export { DAY_MS, type Day, dayAt, dayIn, dayNumber } from './days';
export { DECREES_OF_2020 } from './decrees-of-2020';
export { type WorkingDays, workingDays } from './working-days';
export { WorkingTime } from './working-time';
