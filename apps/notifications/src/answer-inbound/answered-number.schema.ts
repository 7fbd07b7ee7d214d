import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A second apart or so, two robots would talk for ever. */
export const ANSWERS = { apartSeconds: 10, perDay: 10 } as const;

const DAY = 86_400_000;

/** When a number was answered, by its keyed hash; in the database, so that a wiped Redis starts no conversation of robots. */
@Schema({ collection: 'answered_numbers', versionKey: false })
export class AnsweredNumber {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: [Date], required: true }) at!: Date[];
  @Prop({ type: Date, required: true }) forgetAt!: Date;
}

export const AnsweredNumberSchema = SchemaFactory.createForClass(AnsweredNumber);
AnsweredNumberSchema.index({ forgetAt: 1 }, { name: 'forgotten_after_a_day', expireAfterSeconds: 0 });

/** The answers of the last day with one more; null where that would be too many or too soon. */
export function oneMore(answered: readonly Date[], now: Date, apartSeconds: number = ANSWERS.apartSeconds) {
  const age = (at: Date) => now.getTime() - at.getTime();
  const recent = answered.filter((at) => age(at) < DAY);
  if (recent.length >= ANSWERS.perDay || recent.some((at) => age(at) < apartSeconds * 1000)) return null;
  return { at: [...recent, now], forgetAt: new Date(now.getTime() + DAY) };
}
