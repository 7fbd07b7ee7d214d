import { Derivation, Jobs, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { readStatuses } from './read-statuses';
import { SETTLE_QUEUE } from './settle-status.job';
import { StatusReceipt } from './status-receipt.schema';

const WEEK = 7 * 86_400_000;

/** Stores what a webhook call said and wakes the job that handles it: Meta wants its answer within a quarter of a second. */
@Injectable()
export class ReceiveStatusesHandler {
  constructor(
    @InjectModel(StatusReceipt.name) private readonly receipts: Model<StatusReceipt>,
    private readonly derivation: Derivation,
    private readonly jobs: Jobs,
  ) {}

  async execute(body: unknown): Promise<void> {
    const statuses = readStatuses(body, (id) => this.derivation.hash('provider', id));
    if (statuses.length === 0) return;
    const receivedAt = new Date();
    const _id = newId();
    const forgetAt = new Date(receivedAt.getTime() + WEEK);
    await this.receipts.create({ _id, statuses, receivedAt, dueAt: receivedAt, forgetAt });
    void this.jobs.wake(SETTLE_QUEUE, { id: `${_id}-settle`, data: { receiptId: _id } });
  }
}
