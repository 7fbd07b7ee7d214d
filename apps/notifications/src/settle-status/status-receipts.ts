import type { Channel } from '@idxcoop/contracts';
import { Jobs, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type ReceivedStatus, SETTLE_QUEUE, StatusReceipt } from './status-receipt.schema';

const WEEK = 7 * 86_400_000;

/** Keeps what a provider said of our messages, and wakes the job that takes it in. */
@Injectable()
export class StatusReceipts {
  constructor(
    @InjectModel(StatusReceipt.name) private readonly receipts: Model<StatusReceipt>,
    private readonly jobs: Jobs,
  ) {}

  async keep(channel: Channel, statuses: ReceivedStatus[]): Promise<void> {
    if (statuses.length === 0) return;
    const receivedAt = new Date();
    const _id = newId();
    const forgetAt = new Date(receivedAt.getTime() + WEEK);
    await this.receipts.create({ _id, channel, statuses, receivedAt, dueAt: receivedAt, forgetAt });
    void this.jobs.wake(SETTLE_QUEUE, { id: `${_id}-settle`, data: { receiptId: _id } });
  }
}
