import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { SUPPRESSION_SCOPES, type SuppressionScope } from './scopes';

/**
 * Who is not written to any more. The subject is a contact's id or the keyed hash of an address; the hash outlives the
 * erasure of the person, so that a later import does not begin anew. Each reason stands for itself: what one of them set,
 * another does not lift.
 */
@Schema({ collection: 'suppressions', versionKey: false })
export class Suppression {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) subject!: string;
  @Prop({ type: String, enum: SUPPRESSION_SCOPES, required: true }) scope!: SuppressionScope;
  /** `unsubscribed`, `stop_word`, `complaint`, `officer`, or the code by which a provider refused the address. */
  @Prop({ type: String, required: true }) reason!: string;
  /** The first time; a repetition changes nothing. */
  @Prop({ type: Date, required: true }) since!: Date;
}

export const SuppressionSchema = SchemaFactory.createForClass(Suppression);
SuppressionSchema.index({ reason: 1 }, { name: 'of_reason' });
SuppressionSchema.index(
  { subject: 1, scope: 1, reason: 1 },
  { unique: true, name: 'one_suppression_per_subject_scope_and_reason' },
);
