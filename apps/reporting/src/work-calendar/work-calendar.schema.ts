import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { CalendarVersion } from '@idxcoop/platform';

/** What a decree says about the working days of a span. Never changed: a later version replaces it from its knownAt on. */
@Schema({ collection: 'work_calendars', versionKey: false })
export class WorkCalendar {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) effectiveFrom!: string;
  @Prop({ type: Date, required: true }) knownAt!: Date;
  @Prop({ type: String, required: true }) coversFrom!: string;
  @Prop({ type: String, required: true }) coversTo!: string;
  @Prop({ type: [String], required: true }) daysOff!: string[];
  @Prop({ type: String }) reason?: string;
}

export const WorkCalendarSchema = SchemaFactory.createForClass(WorkCalendar);

/** A stored version as the count of working days wants it. */
export function calendarVersion({
  daysOff,
  effectiveFrom,
  knownAt,
  coversFrom,
  coversTo,
}: WorkCalendar): CalendarVersion {
  return { effectiveFrom, knownAt, coversFrom, coversTo, daysOff: new Set(daysOff) };
}
