import { Job, type JobContext, type JobHandler, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Import, IMPORT_LEASE_MS, IMPORT_QUEUE, importWakeup, MOST_FRUITLESS } from '../imports/import.schema';
import { ImportRun } from './import-run';
import { RollBack } from './roll-back';

/** Works an import or its roll-back off, chunk by chunk. Taken up again after a kill, it goes on where the last chunk was committed. */
@Job({ queue: IMPORT_QUEUE, concurrency: 2 })
export class ImportCooperativesJob implements JobHandler<{ importId: string }> {
  constructor(
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    private readonly run: ImportRun,
    private readonly rollBack: RollBack,
  ) {}

  async process({ importId }: { importId: string }, { signal }: JobContext): Promise<void> {
    const lease = { $set: { leaseUntil: new Date(Date.now() + IMPORT_LEASE_MS) }, $inc: { takenUp: 1, fruitless: 1 } };
    const found = await this.imports.findOneAndUpdate(unclaimed(importId), lease).lean<Import>();
    if (!found) return;
    const isRollBack = found.state === 'rolling_back';
    // A roll-back is never given up: half of it would stay for ever.
    if (!isRollBack && (found.fruitless ?? 0) >= MOST_FRUITLESS) return this.run.giveUp(importId);
    const run = await (isRollBack ? this.rollBack : this.run).open(found);
    for (let more = true; more; ) {
      if (signal.aborted) {
        await this.imports.updateOne({ _id: importId }, { $set: { fruitless: 0 }, $unset: { leaseUntil: 1 } });
        return;
      }
      more = await run.next();
    }
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ importId: string }>[]> {
    const waiting = await this.imports.find(unclaimed(), { takenUp: 1 }).limit(limit).lean<Import[]>();
    return waiting.map(importWakeup);
  }
}

/** Not done, and with no living worker. Leases are of the machine's time: a clock that stands must not hold them. */
function unclaimed(_id?: string) {
  const free = [{ leaseUntil: null }, { leaseUntil: { $lt: new Date() } }];
  return {
    ...(_id && { _id }),
    state: { $in: ['queued' as const, 'running' as const, 'rolling_back' as const] },
    $or: free,
  };
}
