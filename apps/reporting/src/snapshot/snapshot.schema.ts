import { event, ProgressRecordedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ProgressAnswer } from '../progress/progress-reader';

/** What was published about a day. Never changed: what is learnt later shows as a revision beside it. */
@Schema({ collection: 'snapshots', versionKey: false, minimize: false })
export class Snapshot {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) targetKey!: string;
  @Prop({ type: String, required: true }) asOf!: string;
  /** The nightly publication of a day, or one that somebody asked for. */
  @Prop({ type: String, required: true }) kind!: 'nightly' | 'on_demand';
  @Prop({ type: Date, required: true }) publishedAt!: Date;
  @Prop({ type: Number, required: true }) actual!: number;
  @Prop({ type: Object, required: true }) progress!: ProgressAnswer;
  @Prop({ type: Number, required: true }) sequence!: number;
}

export const SnapshotSchema = SchemaFactory.createForClass(Snapshot);
SnapshotSchema.index({ targetKey: 1, publishedAt: 1 });
SnapshotSchema.index(
  { targetKey: 1, asOf: 1 },
  { unique: true, partialFilterExpression: { kind: 'nightly' }, name: 'one_nightly_snapshot_per_day' },
);

/** The snapshot of an answer. */
export function snapshotOf(progress: ProgressAnswer, kind: Snapshot['kind'], publishedAt: Date): Snapshot {
  const { asOf, actual } = progress;
  return { _id: newId(), targetKey: progress.target.key, asOf, kind, publishedAt, actual, progress, sequence: 0 };
}

/** The fact that a snapshot was taken. */
export function progressRecorded({ targetKey, asOf, actual, progress }: Snapshot): ProgressRecordedV1 {
  const { value } = progress.target;
  return event(ProgressRecordedV1, {
    targetKey,
    effectiveOn: asOf,
    knownAt: progress.knownAt,
    asOf,
    actual,
    target: value,
  });
}

/** A snapshot as its routes answer it. */
export function snapshotView({ _id, asOf, kind, publishedAt, actual, progress }: Snapshot) {
  const { knownAt } = progress;
  return { id: _id, asOf, kind, publishedAt: publishedAt.toISOString(), knownAt, actual, progress };
}
