import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { FACT, type RecordedFact } from '../membership/statement';

/** A fact as it arrived: the record that every projection can be rebuilt from. Never changed, never deleted. */
@Schema({ collection: 'facts', versionKey: false, minimize: false })
export class Fact {
  /** The event's id, which both versions of one fact share. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) type!: string;
  @Prop({ type: String }) cooperativeId?: string;
  @Prop({ type: String }) importId?: string;
  /** Of a duplicate decision: the record that carries the membership on. */
  @Prop({ type: String }) survivorId?: string;
  /** When it became true, as given: a civil day or an instant. */
  @Prop({ type: String }) effectiveOn?: string;
  /** When the programme learnt it. */
  @Prop({ type: Date }) knownAt?: Date;
  /** When its service recorded it, which nobody sets. */
  @Prop({ type: Date, required: true }) recordedAt!: Date;
  @Prop({ type: Object, required: true }) payload!: Record<string, unknown>;
  @Prop({ type: String, required: true }) partitionKey!: string;
  @Prop({ type: Number, required: true }) sequence!: number;
  /** Until it is folded into the projections. */
  @Prop({ type: Boolean }) pending?: true;
  /** While pending: folding it failed, and it is not tried again before. */
  @Prop({ type: Date }) parkedUntil?: Date;
}

export const FactSchema = SchemaFactory.createForClass(Fact);
FactSchema.index({ pending: 1 }, { partialFilterExpression: { pending: true } });
FactSchema.index({ cooperativeId: 1 }, { sparse: true });
FactSchema.index({ importId: 1 }, { sparse: true });
FactSchema.index({ survivorId: 1 }, { sparse: true });

/** What is to be folded now. */
export function unfolded() {
  return { pending: true as const, $or: [{ parkedUntil: null }, { parkedUntil: { $lte: new Date() } }] };
}

const COUNTED: readonly string[] = Object.values(FACT);

/** Whether a count follows from an event. */
export function isCounted(type: string): boolean {
  return COUNTED.includes(type);
}

/** What counting needs of a fact about a cooperative. */
export function asRecorded(fact: Fact): RecordedFact {
  const { payload } = fact;
  const text = (name: string) => (typeof payload[name] === 'string' ? { [name]: payload[name] } : {});
  return {
    id: fact._id,
    type: fact.type,
    cooperativeId: fact.cooperativeId ?? '',
    effectiveOn: fact.effectiveOn ?? fact.recordedAt.toISOString(),
    knownAt: fact.knownAt ?? fact.recordedAt,
    sequence: fact.sequence,
    regionCode: String(payload.regionCode ?? ''),
    cooperativeType: String(payload.type ?? ''),
    ...text('importId'),
    ...text('survivorId'),
    ...text('declaredReadyOn'),
    ...text('verifiedOn'),
  };
}
