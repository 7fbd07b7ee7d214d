import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** That a person's one digest of a day is taken, and by which cause. `_id` is `<person>/<day>`, so that of two who book one does. */
@Schema({ collection: 'digest_days', versionKey: false })
export class DigestDay {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) cause!: string;
  @Prop({ type: Date, required: true }) forgetAt!: Date;
}

export const DigestDaySchema = SchemaFactory.createForClass(DigestDay);
DigestDaySchema.index({ forgetAt: 1 }, { name: 'forgotten_after_its_week', expireAfterSeconds: 0 });
