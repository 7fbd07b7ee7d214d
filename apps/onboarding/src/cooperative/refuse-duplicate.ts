import type { Model } from 'mongoose';
import { duplicateCooperative } from '../problems.templates';
import type { Cooperative } from './cooperative.schema';

/** Says who holds a key already, by a public link; nothing of a person. Returns where nobody does. */
export async function refuseDuplicate(
  cooperatives: Model<Cooperative>,
  { legalKey, nikKey }: { legalKey?: string; nikKey?: string },
  exceptId?: string,
): Promise<void> {
  const keys = [...(legalKey ? [{ legalKey }] : []), ...(nikKey ? [{ nikKey }] : [])];
  if (keys.length === 0) return;
  const holder = await cooperatives
    .findOne({ $or: keys, ...(exceptId && { _id: { $ne: exceptId } }) }, { _id: 1 })
    .lean();
  if (!holder) return;
  const link = `/v1/cooperatives/${holder._id}`;
  throw duplicateCooperative({ survivor: link, claimUrl: `${link}/claims` });
}
