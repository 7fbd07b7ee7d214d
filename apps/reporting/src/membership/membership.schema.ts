import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { CountChange } from './changes';

/** What one cooperative adds to the counts: the fold of its facts. */
@Schema({ collection: 'memberships', versionKey: false })
export class Membership {
  /** The cooperative. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: [MongooseSchema.Types.Mixed], required: true }) changes!: CountChange[];
}

export const MembershipSchema = SchemaFactory.createForClass(Membership);
MembershipSchema.index({ 'changes.knownAt': 1 });

/** Half an hour of knowledge: days close and are published on its edges in every zone of the country. */
export const SLOT_MS = 1_800_000;

/** The sum of the changes of all cooperatives in one cell: learnt in one half hour, for one day, area and type. */
@Schema({ collection: 'count_cells', versionKey: false })
export class CountCell {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) series!: string;
  @Prop({ type: String, required: true }) zone!: string;
  /** The start of the half hour. */
  @Prop({ type: Date, required: true }) slot!: Date;
  @Prop({ type: String, required: true }) day!: string;
  @Prop({ type: String, required: true }) area!: string;
  @Prop({ type: String, required: true }) type!: string;
  @Prop({ type: Number, required: true }) opened!: number;
  @Prop({ type: Number, required: true }) closed!: number;
  /** The fold that wrote it last: readers ask for what is newer than theirs. */
  @Prop({ type: Number, required: true }) version!: number;
}

export const CountCellSchema = SchemaFactory.createForClass(CountCell);
CountCellSchema.index({ version: 1 });

/** Who folds now, and how far the projections are. One document. */
@Schema({ collection: 'fold_states', versionKey: false })
export class FoldState {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String }) holder?: string;
  @Prop({ type: Date }) until?: Date;
  /** Raised by each fold that changed a count. */
  @Prop({ type: Number }) version?: number;
  /** Raised by each decision that must not pass a fold unseen. */
  @Prop({ type: Number }) reads?: number;
  /** The latest instant at which any change was known. */
  @Prop({ type: Date }) latestKnownAt?: Date;
}

export const FoldStateSchema = SchemaFactory.createForClass(FoldState);

/** The cell that a change is added to. */
export function cellOf({ series, zone, knownAt, day, area, type }: CountChange) {
  const slot = new Date(Math.floor(knownAt.getTime() / SLOT_MS) * SLOT_MS);
  const _id = [series, zone, slot.toISOString().slice(0, 16), day, area, type].join('|');
  return { _id, series, zone, slot, day, area, type };
}
