import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, Jobs, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { dayOf } from '../day';
import { Import, IMPORT_QUEUE, importWakeup } from '../imports/import.schema';
import { notRevertible } from '../problems.templates';
import { maySee } from './show-import.handler';

/**
 * Takes an import back: what it stated never held. That is said at once and once, whatever happens to the process then; the
 * job takes the rows away.
 */
@Injectable()
export class RollBackImportHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    private readonly outbox: Outbox,
    private readonly trail: AuditTrail,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, caller: CallerIdentity): Promise<Import> {
    const found = await this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const current = await this.imports.findById(id).session(session);
      if (!current || !maySee(caller, current)) throw notFound();
      if (current.state === 'rolling_back' || current.state === 'rolled_back') return current;
      if (!isRevertible(current)) throw notRevertible({ state: current.state, dryRun: current.dryRun });
      current.set({ state: 'rolling_back', revertedAt: at, leaseUntil: undefined, fruitless: 0 });
      await this.outbox.add(current, current.reverted(dayOf(at), at), session);
      await this.trail.add(
        { action: 'import.rolled_back', subject: { kind: 'import', id }, by: caller.subject },
        session,
      );
      await current.save({ session });
      return current;
    });
    if (found.state === 'rolling_back') await this.jobs.wake(IMPORT_QUEUE, importWakeup(found));
    return found;
  }
}

/** It is done, or was given up after it had changed something. */
function isRevertible({ state, dryRun, totals }: Import): boolean {
  return !dryRun && (state === 'completed' || (state === 'failed' && totals.created + totals.updated > 0));
}
