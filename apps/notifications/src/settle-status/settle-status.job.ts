import type { Channel } from '@idxcoop/contracts';
import { Job, type JobHandler, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import { Suppressions } from '../suppression/suppressions';
import { type ReceivedStatus, SETTLE_QUEUE, StatusReceipt } from './status-receipt.schema';

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
    private readonly suppressions: Suppressions,
  ) {}

  async process({ receiptId }: { receiptId: string }): Promise<void> {
    const receipt = await this.receipts.findOne({ _id: receiptId, dueAt: { $exists: true } }).lean();
    if (!receipt) return;
    // If this process dies or the store goes away, the timer finds the receipt again a little later.
    await this.receipts.updateOne({ _id: receiptId }, { $set: { dueAt: new Date(Date.now() + LATER) } });
    for (const status of receipt.statuses) {
      const id = await this.messageOf(receipt.channel ?? 'whatsapp', status);
      if (id) await this.take(id, status);
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

  /** A complaint proves that the mail arrived, and ends all that the person did not ask for. */
  private async take(id: string, { status, at, code }: ReceivedStatus): Promise<void> {
    if (status !== 'complained') return this.messages.report(id, { status, at, code });
    await this.messages.report(id, { status: 'delivered', at });
    const message = await this.models.findById(id, { addressHash: 1, recipientId: 1 }).lean();
    const subjects = [message?.addressHash, message?.recipientId].filter((subject) => subject !== undefined);
    await this.suppressions.add(subjects, 'notices', 'complaint');
  }

  /** By our own id where the provider carried it back, else by the hash of its id. */
  private async messageOf(
    channel: Channel,
    { deliveryId, providerIdHash }: ReceivedStatus,
  ): Promise<string | undefined> {
    const known = deliveryId && (await this.models.exists({ _id: deliveryId, channel }));
    if (known) return deliveryId;
    if (!providerIdHash) return undefined;
    return (await this.models.findOne({ providerIdHash }, { _id: 1 }).lean())?._id;
  }
}
