import { DuplicateDismissedV1, DuplicateSuspectedV1, event } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import { BANDS, type Band, type Likeness, type Signal } from './similarity';

/** `cleared`: nothing speaks for it any more, and nobody had to decide. */
export const CANDIDATE_STATES = ['open', 'same', 'different', 'cleared'] as const;
export type CandidateState = (typeof CANDIDATE_STATES)[number];

/** Two cooperatives that may be one, once for each pair. */
@Schema({ collection: 'duplicate_candidates', versionKey: false })
export class DuplicateCandidate {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  /** Counts the events of this candidate. */
  @Prop({ type: Number, default: 0 }) sequence!: number;
  /** Both ids in order: a pair has one candidate, whichever of them is looked at. Never changed. */
  @Prop({ type: String, required: true }) pair!: string;
  @Prop({ type: [String], required: true }) members!: string[];
  /** The one that was looked at. */
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String, required: true }) otherId!: string;
  /** Where the two are: each territory that covers one of them decides. */
  @Prop({ type: [String], required: true }) regionCodes!: string[];
  @Prop({ type: String, enum: BANDS, required: true }) band!: Band;
  @Prop({ type: Number, required: true }) score!: number;
  @Prop({ type: [String], required: true }) signals!: Signal[];
  @Prop({ type: String, enum: CANDIDATE_STATES, default: 'open' }) state!: CandidateState;
  @Prop({ type: String }) survivorId?: string;
  @Prop({ type: String }) reason?: string;
  @Prop({ type: Date, required: true }) foundAt!: Date;
  @Prop({ type: Date }) decidedAt?: Date;
  @Prop({ type: String }) decidedBy?: string;

  suspected(at: Date): DuplicateSuspectedV1 {
    const { band, score, signals } = this;
    return event(DuplicateSuspectedV1, { ...this.fact(at), band, score, signals: [...signals] });
  }

  dismiss(state: 'different' | 'cleared', reason: string, by: string | undefined, at: Date): DuplicateDismissedV1 {
    Object.assign(this, { state, reason, decidedAt: at, ...(by && { decidedBy: by }) });
    return event(DuplicateDismissedV1, { ...this.fact(at), reason });
  }

  private fact(at: Date) {
    const { _id: candidateId, cooperativeId, otherId } = this;
    return { candidateId, cooperativeId, otherId, effectiveOn: at.toISOString(), knownAt: at.toISOString() };
  }
}

export type DuplicateCandidateDocument = HydratedDocument<DuplicateCandidate>;
export const DuplicateCandidateSchema = SchemaFactory.createForClass(DuplicateCandidate);
DuplicateCandidateSchema.loadClass(DuplicateCandidate);
DuplicateCandidateSchema.index({ pair: 1 }, { name: 'one_candidate_per_pair', unique: true });
DuplicateCandidateSchema.index({ members: 1 });
DuplicateCandidateSchema.index({ state: 1, regionCodes: 1 });

/** A member of a pair, as far as a candidate needs it. */
export type Member = { _id: string; regionCode: string };

export function pairOf(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

/** A new suspicion about a cooperative that was looked at and another. */
export function candidate(looked: Member, other: Member, { band, score, signals }: Likeness, foundAt: Date) {
  return {
    _id: newId(),
    pair: pairOf(looked._id, other._id),
    members: [looked._id, other._id],
    cooperativeId: looked._id,
    otherId: other._id,
    regionCodes: [...new Set([looked.regionCode, other.regionCode])],
    band,
    score,
    signals,
    foundAt,
  };
}
