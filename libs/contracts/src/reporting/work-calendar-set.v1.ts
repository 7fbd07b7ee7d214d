import { ArrayMaxSize, IsArray, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { DatedFact } from '../dated';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A version of the work calendar was recorded; effective on the day of the decree. */
export class WorkCalendarSetV1 extends DatedFact {
  static readonly event = 'reporting.work-calendar.set.v1';
  @IsUUID() calendarId!: string;
  @Matches(DAY) coversFrom!: string;
  @Matches(DAY) coversTo!: string;
  /** Weekdays without work inside the span. */
  @IsArray() @ArrayMaxSize(1_000) @Matches(DAY, { each: true }) daysOff!: string[];
  @IsOptional() @IsString() reason?: string;
}
