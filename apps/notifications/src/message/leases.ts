import { Clock, type DescribedError } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';
import { Gather } from './gather';
import { Message, type MessageState } from './message.schema';
import { MessageMetrics } from './message-metrics';

/** How long a holder may take to ask for the contact and to write; then another may have the message. */
const CLAIM_LEASE = 60_000;
/** Longer than any provider's deadline: past it nobody knows whether the bytes arrived. */
const SENDING_LEASE = 90_000;

const WAITING: MessageState[] = ['planned', 'held'];

/** Why a message is given back: `planned` is tried again soon, `held` waits for a time. */
export interface Release {
  state: 'planned' | 'held';
  code: string;
  error?: DescribedError;
  refused?: true;
}

interface Leaving {
  held: Message;
  also: Partial<Message> & { leftAt: Date };
}

/** Another holder has the message, or a provider has told its end meanwhile. Nothing is to be sent. */
export class LeaseLost extends Error {}

/**
 * Who may send a message: at most one process at a time, by compare-and-set. A claim that is lost is free again, since nothing
 * left; `sending` that is lost becomes `unknown` and is not sent again by itself. Leases take the machine's time.
 */
@Injectable()
export class Leases {
  private readonly claims = new Gather<string, Message | null>((ids) => this.claimAll(ids));
  private readonly leavings = new Gather<Leaving, boolean>((leavings) => this.sendingAll(leavings));

  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly clock: Clock,
    private readonly metrics: MessageMetrics,
  ) {}

  /** Takes a due message; null where there is nothing to do. */
  claim(id: string): Promise<Message | null> {
    return this.claims.get(id);
  }

  /** Written just before the bytes leave, which is in so many milliseconds. */
  async sending(held: Message, also: Partial<Message>, inMs = 0): Promise<void> {
    const leftAt = new Date(Date.now() + inMs);
    if (!(await this.leavings.get({ held, also: { ...also, leftAt } }))) throw new LeaseLost();
  }

  /** Gives a message back to be tried later: nothing arrived at the provider. What waits for the same as before is not told again. */
  async release(held: Message, afterMs: number, why: Release): Promise<void> {
    const { state, code, error, refused } = why;
    const dueAt = new Date(Date.now() + afterMs);
    const until = new Date(this.clock.now().getTime() + afterMs);
    const last = held.history.at(-1);
    const isNews = state === 'planned' || last?.state !== state || last.code !== code;
    await this.messages.updateOne(this.leasedAs(held, 'planned', 'sending'), {
      $set: { state, dueAt, code, ...(error && { error: withoutMessage(error) }) },
      $unset: { lease: 1, leftAt: 1 },
      ...(refused && { $inc: { refusals: 1 } }),
      ...(isNews && { $push: this.step(state, code, state === 'held' ? until : undefined) }),
    });
  }

  /** The line broke after the bytes left: only the provider knows. */
  async unknown(held: Message, code: string, error?: DescribedError): Promise<void> {
    const { matchedCount } = await this.messages.updateOne(this.leasedAs(held, 'sending'), {
      $set: { state: 'unknown', code, ...(error && { error: withoutMessage(error) }) },
      $unset: { lease: 1, dueAt: 1 },
      $push: this.step('unknown', code),
    });
    if (matchedCount > 0) this.metrics.reached(held, 'unknown');
  }

  /** What one question takes has one lease, which counts for each message alone. */
  private async claimAll(ids: string[]): Promise<(Message | null)[]> {
    const now = new Date();
    const lease = randomUUID();
    const due = { _id: { $in: ids }, state: { $in: WAITING }, dueAt: { $lte: now } };
    const taken = { state: 'planned' as const, lease, dueAt: new Date(now.getTime() + CLAIM_LEASE) };
    const { modifiedCount } = await this.messages.updateMany(due, { $set: taken, $inc: { attempt: 1 } });
    const claimed = modifiedCount > 0 ? await this.messages.find({ _id: { $in: ids }, lease }).lean() : [];
    const byId = new Map(claimed.map((message) => [message._id, message]));
    return Promise.all(
      ids.map(async (id) => {
        const message = byId.get(id);
        // Who asks twice gets it once.
        byId.delete(id);
        if (!message) await this.giveUpSending(id, now);
        return message ?? null;
      }),
    );
  }

  private async sendingAll(leavings: Leaving[]): Promise<boolean[]> {
    const { matchedCount } = await this.messages.bulkWrite(
      leavings.map(({ held, also }) => {
        const dueAt = new Date(also.leftAt.getTime() + SENDING_LEASE);
        const update = { $set: { ...also, state: 'sending' as const, dueAt }, $push: this.step('sending') };
        // Again where a second server is asked after the first has refused all of it.
        return { updateOne: { filter: this.leasedAs(held, 'planned', 'sending'), update } };
      }),
      { ordered: false },
    );
    if (matchedCount === leavings.length) return leavings.map(() => true);
    const ids = leavings.map(({ held }) => held._id);
    const written = await this.messages.find({ _id: { $in: ids }, state: 'sending' }, { lease: 1, leftAt: 1 }).lean();
    return leavings.map(({ held, also }) =>
      written.some(
        ({ _id, lease, leftAt }) =>
          _id === held._id && lease === held.lease && leftAt?.getTime() === also.leftAt.getTime(),
      ),
    );
  }

  private async giveUpSending(id: string, now: Date): Promise<void> {
    const message = await this.messages.findOneAndUpdate(
      { _id: id, state: 'sending', dueAt: { $lte: now } },
      {
        $set: { state: 'unknown', code: 'holder_lost' },
        $unset: { lease: 1, dueAt: 1 },
        $push: this.step('unknown', 'holder_lost'),
      },
    );
    if (message) this.metrics.reached(message, 'unknown');
  }

  private leasedAs({ _id, lease }: Message, ...states: MessageState[]) {
    return { _id, lease, state: { $in: states } };
  }

  private step(state: MessageState, code?: string, until?: Date) {
    const step = { state, at: this.clock.now(), ...(code && { code }), ...(until && { until }) };
    return { history: { $each: [step], $slice: -30 } };
  }
}

/** Class, code and stack are kept of an error; a message may quote what it was about. */
function withoutMessage({ message: _message, ...kept }: DescribedError): object {
  return kept;
}
