import { isDuplicate } from '@idxcoop/platform';
import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { LeaseRow } from './collections';

/** Who may do a thing that one process at a time should do. Held by name in MongoDB; a dead holder's lapses. */
export class Lease {
  private readonly holder = randomUUID();

  constructor(
    private readonly leases: () => mongo.Collection<LeaseRow>,
    private readonly name: string,
    private readonly duration: number,
  ) {}

  /** Takes the lease or keeps it; false when another process holds it. */
  async take(): Promise<boolean> {
    const now = Date.now();
    try {
      const row = await this.leases().findOneAndUpdate(
        { _id: this.name, $or: [{ holder: this.holder }, { until: { $lt: new Date(now) } }] },
        { $set: { holder: this.holder, until: new Date(now + this.duration) } },
        { upsert: true, returnDocument: 'after' },
      );
      return row?.holder === this.holder;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Lets the next one have it at once. */
  async release(): Promise<void> {
    await this.leases().deleteOne({ _id: this.name, holder: this.holder });
  }
}
