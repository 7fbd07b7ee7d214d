import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { ITEM_STATES, type ItemState } from './library-item.schema';

/**
 * One change of the library, in the order of their commits: `seq` has no gaps. It is who did what, and it is what replicas of the
 * index follow.
 */
@Schema({ collection: 'library_changes', versionKey: false, id: false })
export class LibraryChange {
  @Prop({ type: String, required: true, default: newId }) _id!: string;
  @Prop({ type: Number, required: true }) seq!: number;
  @Prop({ type: String, required: true }) itemId!: string;
  /** The revision that was written, published or withdrawn, and what it became by that. */
  @Prop({ type: Number, required: true }) revision!: number;
  @Prop({ type: String, enum: ITEM_STATES, required: true }) state!: ItemState;
  @Prop({ type: String }) reason?: string;
  @Prop({ type: String, required: true }) by!: string;
  @Prop({ type: Date, required: true }) at!: Date;
}

export const LibraryChangeSchema = SchemaFactory.createForClass(LibraryChange);
LibraryChangeSchema.index({ seq: 1 }, { unique: true, name: 'one_change_per_seq' });
LibraryChangeSchema.index({ itemId: 1, seq: 1 });

/** The counter behind `seq`: raised in the transaction of the change, so the order of numbers is the order of commits. */
@Schema({ collection: 'library_counters', versionKey: false, id: false })
export class LibraryCounter {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Number, required: true }) value!: number;
}

export const LibraryCounterSchema = SchemaFactory.createForClass(LibraryCounter);
