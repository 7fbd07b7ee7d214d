import { event, PersonErasedV1 } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';

/** What is left of an erased person: ids. It is also the log from which erasures are done again after a restore. */
@Schema({ collection: 'erased_people', versionKey: false })
export class ErasedPerson {
  /** The id of the person. */
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: [String] }) contactIds!: string[];
  @Prop({ type: String }) importId?: string;
  @Prop({ type: Date, required: true }) erasedAt!: Date;

  erased(at: Date): PersonErasedV1 {
    const { _id: personId, cooperativeId, contactIds } = this;
    const dated = { effectiveOn: at.toISOString(), knownAt: at.toISOString() };
    return event(PersonErasedV1, { personId, cooperativeId, contactIds: [...contactIds], ...dated });
  }
}

export type ErasedPersonDocument = HydratedDocument<ErasedPerson>;
export const ErasedPersonSchema = SchemaFactory.createForClass(ErasedPerson);
ErasedPersonSchema.loadClass(ErasedPerson);
ErasedPersonSchema.index({ importId: 1 }, { sparse: true });
