import { Job, type JobHandler, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import { type ReceivedStatus, StatusReceipt } from './status-receipt.schema';

export const SETTLE_QUEUE = 'notifications-settle';
const LATER = 10_000;

/**
 * Takes in what a provider said of our messages. A report only adds what was not known, so a receipt that is handled twice,
 * late or beside another one of the same message changes nothing.
 */
@Job({ queue: SETTLE_QUEUE, concurrency: 10 })
export class SettleStatusJob implements JobHandler<{ receiptId: string }> {
  constructor(
    @InjectModel(StatusReceipt.name) private readonly receipts: Model<StatusReceipt>,
    @InjectModel(Message.name) private readonly models: Model<Message>,
    private readonly messages: Messages,
  ) {}

  async process({ receiptId }: { receiptId: string }): Promise<void> {
    const receipt = await this.receipts.findOne({ _id: receiptId, dueAt: { $exists: true } }).lean();
    if (!receipt) return;
    // If this process dies or the store goes away, the timer finds the receipt again a little later.
    await this.receipts.updateOne({ _id: receiptId }, { $set: { dueAt: new Date(Date.now() + LATER) } });
    for (const status of receipt.statuses) {
      const id = await this.messageOf(status);
      if (id) await this.messages.report(id, status);
    }
    await this.receipts.updateOne({ _id: receiptId }, { $unset: { dueAt: 1 } });
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ receiptId: string }>[]> {
    const due = await this.receipts
      .find({ dueAt: { $lte: new Date() } }, { _id: 1 })
      .limit(limit)
      .lean();
    return due.map(({ _id }) => ({ id: `${_id}-settle`, data: { receiptId: _id } }));
  }

  /** By our own id where the provider carried it back, else by the hash of its id. */
  private async messageOf({ deliveryId, providerIdHash }: ReceivedStatus): Promise<string | undefined> {
    const known = deliveryId && (await this.models.exists({ _id: deliveryId, channel: 'whatsapp' }));
    if (known) return deliveryId;
    if (!providerIdHash) return undefined;
    return (await this.models.findOne({ providerIdHash }, { _id: 1 }).lean())?._id;
  }
}
