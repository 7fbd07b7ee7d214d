import type { Channel } from '@idxcoop/contracts';
import { Job, type JobHandler, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import { Consequences } from '../provider/consequences';
import type { SuppressionScope } from '../suppression/scopes';
import { Suppressions } from '../suppression/suppressions';
import { type ReceivedStatus, SETTLE_QUEUE, StatusReceipt } from './status-receipt.schema';
import { settleWakeup } from './status-receipts';

const LATER = 10_000;
const AT_ONCE = 100;
/** Messages that are written to at the same time; each is a transaction. */
const SIDE_BY_SIDE = 10;

/** The message is still in the hands of who sends it: the receipt is looked at again. */
class TooEarly extends Error {}

/** What was said of a message, and in which receipt. */
interface Said {
  receiptId: string;
  messageId: string;
  status: ReceivedStatus;
}

/**
 * Takes in what providers said of our messages, receipts of a moment together. A report only adds what was not known, so a receipt
 * that is handled twice, late, in part or beside another one of the same message changes nothing.
 */
@Job({ queue: SETTLE_QUEUE, concurrency: 2 })
export class SettleStatusJob implements JobHandler {
  constructor(
    @InjectModel(StatusReceipt.name) private readonly receipts: Model<StatusReceipt>,
    @InjectModel(Message.name) private readonly models: Model<Message>,
    private readonly messages: Messages,
    private readonly suppressions: Suppressions,
    private readonly consequences: Consequences,
  ) {}

  async process(): Promise<void> {
    for (let taken = await this.claim(); taken.length > 0; taken = await this.claim()) {
      const failed = await this.settle(taken);
      const done = taken.filter(({ _id }) => !failed.has(_id)).map(({ _id }) => _id);
      await this.receipts.updateMany({ _id: { $in: done } }, { $unset: { dueAt: 1, lease: 1 } });
      for (const error of failed.values()) if (!(error instanceof TooEarly)) throw error;
    }
  }

  async due(now: Date): Promise<Wakeup[]> {
    return (await this.receipts.exists({ dueAt: { $lte: new Date() } })) ? [settleWakeup(now)] : [];
  }

  /** Receipts that nobody has. If this process dies or the store goes away, others find them again a little later. */
  private async claim(): Promise<StatusReceipt[]> {
    const now = new Date();
    const free = { dueAt: { $exists: true }, $or: [{ lease: { $exists: false } }, { dueAt: { $lte: now } }] };
    const found = await this.receipts.find(free, { _id: 1 }).limit(AT_ONCE).lean();
    if (found.length === 0) return [];
    const lease = randomUUID();
    const among = { _id: { $in: found.map(({ _id }) => _id) } };
    await this.receipts.updateMany({ ...among, ...free }, { $set: { lease, dueAt: new Date(now.getTime() + LATER) } });
    return this.receipts.find({ ...among, lease }).lean<StatusReceipt[]>();
  }

  /** Takes in what is said, message by message; answers which receipts are not done, and why. */
  private async settle(receipts: StatusReceipt[]): Promise<Map<string, Error>> {
    const failed = new Map<string, Error>();
    const byMessage = new Map<string, Said[]>();
    for (const said of await this.saidIn(receipts)) {
      byMessage.set(said.messageId, [...(byMessage.get(said.messageId) ?? []), said]);
    }
    const waiting = [...byMessage.values()];
    const work = async () => {
      for (let said = waiting.pop(); said; said = waiting.pop()) {
        for (const { receiptId, messageId, status } of said) {
          await this.take(messageId, status).catch((error: Error) => failed.set(receiptId, error));
        }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    return failed;
  }

  /** By our own id where the provider carried it back, else by the hash of its id. */
  private async saidIn(receipts: StatusReceipt[]): Promise<Said[]> {
    const statuses = receipts.flatMap((receipt) => receipt.statuses);
    const ids = statuses.flatMap(({ deliveryId }) => deliveryId ?? []);
    const hashes = statuses.flatMap(({ providerIdHash }) => providerIdHash ?? []);
    const [byId, byHash] = await Promise.all([
      ids.length > 0 ? this.models.find({ _id: { $in: ids } }, { channel: 1 }).lean() : [],
      hashes.length > 0 ? this.models.find({ providerIdHash: { $in: hashes } }, { providerIdHash: 1 }).lean() : [],
    ]);
    const channels = new Map(byId.map(({ _id, channel }) => [_id, channel]));
    const hashed = new Map(byHash.map(({ _id, providerIdHash }) => [providerIdHash, _id]));
    const messageOf = (channel: Channel, { deliveryId, providerIdHash }: ReceivedStatus) =>
      deliveryId && channels.get(deliveryId) === channel ? deliveryId : providerIdHash && hashed.get(providerIdHash);
    return receipts.flatMap(({ _id: receiptId, channel = 'whatsapp', statuses: its }) =>
      its.flatMap((status) => {
        const messageId = messageOf(channel, status);
        return messageId ? [{ receiptId, messageId, status }] : [];
      }),
    );
  }

  /** What a provider or a person says has consequences; done twice it changes nothing. */
  private async take(id: string, { status, at, code, providerIdHash }: ReceivedStatus): Promise<void> {
    if (status === 'complained') {
      // Who complains has it.
      await this.messages.report(id, { status: 'delivered', at });
      return this.suppress(id, 'notices', 'complaint');
    }
    const isTaken = await this.consequences.reported(id, { status, at, providerIdHash, ...(code && { code }) });
    if (!isTaken) throw new TooEarly();
  }

  private async suppress(id: string, scope: SuppressionScope, reason: string): Promise<void> {
    const message = await this.models.findById(id, { addressHash: 1 }).lean();
    if (message?.addressHash) await this.suppressions.add([message.addressHash], scope, reason);
  }
}
