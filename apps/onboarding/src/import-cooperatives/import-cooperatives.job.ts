import { Job, type JobContext, type JobHandler, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Import, IMPORT_QUEUE } from '../imports/import.schema';
import { ImportRun } from './import-run';

/** Works an import off, chunk by chunk. Taken up again after a kill, it goes on where the last chunk was committed. */
@Job({ queue: IMPORT_QUEUE, concurrency: 2 })
export class ImportCooperativesJob implements JobHandler<{ importId: string }> {
  constructor(
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    private readonly run: ImportRun,
  ) {}

  async process({ importId }: { importId: string }, { signal }: JobContext): Promise<void> {
    const found = await this.imports.findOne({ _id: importId, state: { $in: ['queued', 'running'] } }).lean<Import>();
    if (!found) return;
    const run = await this.run.open(found);
    while (!signal.aborted && (await run.next())) {
      // Each step is a transaction of its own; nothing is kept between them that the database does not hold.
    }
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ importId: string }>[]> {
    const waiting = await this.imports
      .find({ state: { $in: ['queued', 'running'] } }, { _id: 1 })
      .limit(limit)
      .lean();
    return waiting.map(({ _id }) => ({ id: `${_id}-import`, data: { importId: _id } }));
  }
}
