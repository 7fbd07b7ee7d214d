import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** `announcements`: the person wants none. `all`: the address does not work. */
export type SuppressionScope = 'announcements' | 'all';

/**
 * Who is not written to any more. The subject is a contact's id or the keyed hash of an address; the hash outlives the
 * erasure of the person, so that a later import does not begin anew.
 */
@Schema({ collection: 'suppressions', versionKey: false })
export class Suppression {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) subject!: string;
  @Prop({ type: String, required: true }) scope!: SuppressionScope;
  @Prop({ type: String, required: true }) reason!: string;
  @Prop({ type: Date, required: true }) since!: Date;
}

export const SuppressionSchema = SchemaFactory.createForClass(Suppression);
SuppressionSchema.index({ subject: 1, scope: 1 }, { unique: true, name: 'one_suppression_per_subject_and_scope' });
