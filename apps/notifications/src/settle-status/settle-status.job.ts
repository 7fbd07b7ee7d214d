import type { Channel } from '@idxcoop/contracts';
import { Job, type JobHandler, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import { Consequences } from '../provider/consequences';
import type { SuppressionScope } from '../suppression/scopes';
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
    private readonly consequences: Consequences,
  ) {}

  async process({ receiptId }: { receiptId: string }): Promise<void> {
    // If this process dies or the store goes away, the timer finds the receipt again a little later.
    const later = { $set: { dueAt: new Date(Date.now() + LATER) } };
    const receipt = await this.receipts.findOneAndUpdate({ _id: receiptId, dueAt: { $exists: true } }, later).lean();
    if (!receipt) return;
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

  /** What a provider or a person says has consequences; done twice it changes nothing. */
  private async take(id: string, { status, at, code, providerIdHash }: ReceivedStatus): Promise<void> {
    if (status === 'complained') {
      // Who complains has it.
      await this.messages.report(id, { status: 'delivered', at });
      return this.suppress(id, 'notices', 'complaint');
    }
    await this.consequences.reported(id, { status, at, providerIdHash, ...(code && { code }) });
  }

  private async suppress(id: string, scope: SuppressionScope, reason: string): Promise<void> {
    const message = await this.models.findById(id, { addressHash: 1 }).lean();
    if (message?.addressHash) await this.suppressions.add([message.addressHash], scope, reason);
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
