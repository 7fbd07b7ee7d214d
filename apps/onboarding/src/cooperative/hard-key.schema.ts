import { newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { Cooperative } from './cooperative.schema';

/**
 * One hard key that a registration holds. A row of its own, inserted and deleted but never changed: secantusd keeps a unique
 * value reserved that an update took away, so a number could not be given free in the cooperative itself.
 */
@Schema({ collection: 'hard_keys', versionKey: false })
export class HardKey {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String }) legalKey?: string;
  @Prop({ type: String }) nikKey?: string;
}

export const HardKeySchema = SchemaFactory.createForClass(HardKey);
const present = (field: string) => ({ unique: true, partialFilterExpression: { [field]: { $type: 'string' } } });
HardKeySchema.index({ legalKey: 1 }, { name: 'one_cooperative_per_legal_number', ...present('legalKey') });
HardKeySchema.index({ nikKey: 1 }, { name: 'one_cooperative_per_nik_koperasi', ...present('nikKey') });
HardKeySchema.index({ cooperativeId: 1 });

/** Holds the keys of cooperatives against all others; a key that somebody else holds is a duplicate-key error. */
@Injectable()
export class HardKeys {
  constructor(@InjectModel(HardKey.name) private readonly keys: Model<HardKey>) {}

  /** Writes the keys of new cooperatives. */
  async take(cooperatives: readonly Cooperative[], session: ClientSession): Promise<void> {
    const rows = cooperatives.flatMap(rowsOf);
    if (rows.length > 0) await this.keys.insertMany(rows, { session });
  }

  /** Brings the keys of changed cooperatives in step with what they hold now. */
  async follow(cooperatives: readonly Cooperative[], session: ClientSession): Promise<void> {
    if (cooperatives.length === 0) return;
    const held = await this.keys
      .find({ cooperativeId: { $in: cooperatives.map(({ _id }) => _id) } })
      .session(session)
      .lean<HardKey[]>();
    const wanted = cooperatives.flatMap(rowsOf);
    const gone = held.filter((row) => !wanted.some((other) => mark(other) === mark(row)));
    const missing = wanted.filter((row) => !held.some((other) => mark(other) === mark(row)));
    if (gone.length > 0) await this.keys.deleteMany({ _id: { $in: gone.map(({ _id }) => _id) } }, { session });
    if (missing.length > 0) await this.keys.insertMany(missing, { session });
  }

  /** Gives free what cooperatives hold that are taken away. */
  async release(cooperativeIds: readonly string[], session: ClientSession): Promise<void> {
    await this.keys.deleteMany({ cooperativeId: { $in: [...cooperativeIds] } }, { session });
  }
}

function rowsOf({ _id: cooperativeId, legalKey, nikKey }: Cooperative): HardKey[] {
  return [
    ...(legalKey ? [{ _id: newId(), cooperativeId, legalKey }] : []),
    ...(nikKey ? [{ _id: newId(), cooperativeId, nikKey }] : []),
  ];
}

function mark({ cooperativeId, legalKey, nikKey }: HardKey): string {
  return `${cooperativeId} ${legalKey ?? ''} ${nikKey ?? ''}`;
}
