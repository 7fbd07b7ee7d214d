import type { Channel } from '@idxcoop/contracts';
import { Clock, Jobs, newId, type Wakeup } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type ReceivedStatus, SETTLE_QUEUE, StatusReceipt } from './status-receipt.schema';

const WEEK = 7 * 86_400_000;
/** Statuses come three for each message, 240 a second: a job for each would cost more than what it does. */
const MOMENT = 100;

/** Keeps what a provider said of our messages, and wakes the job that takes it in. */
@Injectable()
export class StatusReceipts {
  constructor(
    @InjectModel(StatusReceipt.name) private readonly receipts: Model<StatusReceipt>,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async keep(channel: Channel, statuses: ReceivedStatus[]): Promise<void> {
    if (statuses.length === 0) return;
    const receivedAt = new Date();
    const _id = newId();
    const forgetAt = new Date(receivedAt.getTime() + WEEK);
    await this.receipts.create({ _id, channel, statuses, receivedAt, dueAt: receivedAt, forgetAt });
    void this.jobs.wake(SETTLE_QUEUE, settleWakeup(this.clock.now()));
  }
}

/** The wake-up for all receipts of a moment: it starts when the moment is over, so that it finds them. */
export function settleWakeup(now: Date): Wakeup {
  const moment = Math.floor(now.getTime() / MOMENT);
  return { id: `settle-${moment}`, data: {}, at: new Date((moment + 1) * MOMENT) };
}
