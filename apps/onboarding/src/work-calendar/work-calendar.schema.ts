import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A version of the work calendar as reporting told it. Never changed. */
@Schema({ collection: 'work_calendars', versionKey: false })
export class KnownCalendar {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) effectiveFrom!: string;
  @Prop({ type: Date, required: true }) knownAt!: Date;
  @Prop({ type: String, required: true }) coversFrom!: string;
  @Prop({ type: String, required: true }) coversTo!: string;
  @Prop({ type: [String], required: true }) daysOff!: string[];
}

export const KnownCalendarSchema = SchemaFactory.createForClass(KnownCalendar);
