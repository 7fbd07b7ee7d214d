import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { duplicateCooperative } from '../problems.templates';

const MOST_STEPS = 20;

/** Finds the record that stands for a duplicate, also where that was found to be one later. */
@Injectable()
export class Survivors {
  constructor(@InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>) {}

  /** The survivor's id; the cooperative's own where it is no duplicate. */
  async of({ _id, survivorId }: Pick<Cooperative, '_id' | 'survivorId'>): Promise<string> {
    let [id, next] = [_id, survivorId];
    for (let step = 0; next && step < MOST_STEPS; step += 1) {
      id = next;
      next = (await this.cooperatives.findById(id, { survivorId: 1 }).lean<Cooperative>())?.survivorId;
    }
    return id;
  }

  /** What an answer says about it: null where the cooperative stands for itself. */
  async link(cooperative: Pick<Cooperative, '_id' | 'survivorId'>) {
    if (!cooperative.survivorId) return { survivorId: null, survivor: null };
    const survivorId = await this.of(cooperative);
    return { survivorId, survivor: `/v1/cooperatives/${survivorId}` };
  }

  /** Says who holds a hard key already, by a public link; nothing of a person. Returns where nobody else does. */
  async refuseTaken(held: { legalKey?: string; nikKey?: string }, exceptId?: string): Promise<void> {
    const keys = Object.entries(held).flatMap(([name, key]) => (key ? [{ [name]: key }] : []));
    if (keys.length === 0) return;
    const others = { $or: keys, ...(exceptId && { _id: { $ne: exceptId } }) };
    const holder = await this.cooperatives.findOne(others, { survivorId: 1 }).lean<Cooperative>();
    if (!holder) return;
    const link = `/v1/cooperatives/${await this.of(holder)}`;
    throw duplicateCooperative({ survivor: link, claimUrl: `${link}/claims` });
  }
}
