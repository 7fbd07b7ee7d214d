import { event, MessageDeliveredV1, MessageFailedV1, MessageSentV1 } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Clock, Jobs, Mongo, newId, type Wakeup } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Costs } from '../cost/costs';
import { handsOver } from '../provider/rules';
import { LANES, Message, type MessageDocument, type MessageStep } from './message.schema';
import { MessageMetrics } from './message-metrics';
import { type Fact, factsOf, isOfEarlier, type Progress, settle, type StatusReport } from './progress';

/** The queue of `DeliverMessageJob`; whoever plans a message wakes it. */
export const DELIVER_QUEUE = 'notifications-deliver';

/** What a feature decides about a message; the rest follows. */
export type Plan = Pick<
  Message,
  | 'cause'
  | 'template'
  | 'channel'
  | 'language'
  | 'recipientKind'
  | 'recipientId'
  | 'details'
  | 'expiresAt'
  | 'workflow'
  | 'category'
  | 'lane'
> &
  Partial<Pick<Message, 'cooperativeId' | 'alternatives' | 'course'>> & { notBefore?: NotBefore };

/** A sending that a provider took, and why it did not deliver it. */
export interface FailedSending {
  providerIdHash: string;
  code: string;
  afterMs: number;
}

/** A message that is planned ahead is held until then, for a reason. */
export interface NotBefore {
  at: Date;
  code: string;
}

/** The planned messages and what becomes of them. Every change of state that others may know is one transaction with its fact. */
@Injectable()
export class Messages {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly mongo: Mongo,
    private readonly outbox: Outbox,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly metrics: MessageMetrics,
    private readonly costs: Costs,
  ) {}

  /** Plans a message unless there is one for this person, channel and cause; wakes its delivery once that is committed. */
  async plan(plan: Plan, session: ClientSession): Promise<void> {
    const { recipientId, channel, cause, notBefore, ...rest } = plan;
    const now = this.clock.now();
    const _id = newId();
    const wait = Math.max(0, (notBefore?.at.getTime() ?? 0) - now.getTime());
    const held = notBefore && wait > 0 && { state: 'held' as const, code: notBefore.code };
    const history = [{ state: 'planned', at: now }, ...(held ? [{ ...held, at: now, until: notBefore.at }] : [])];
    const { upsertedId } = await this.messages.updateOne(
      { recipientId, channel, cause },
      {
        $setOnInsert: {
          ...rest,
          _id,
          sequence: 0,
          state: 'planned',
          ...held,
          history,
          attempt: 0,
          refusals: 0,
          dueAt: new Date(Date.now() + wait),
          plannedAt: now,
        },
      },
      { upsert: true, session },
    );
    if (upsertedId === null) return;
    const wakeup = { ...wakeupOf({ _id, attempt: 0, lane: plan.lane }), ...(held && { at: notBefore.at }) };
    this.mongo.afterCommit(session, () => void this.jobs.wake(DELIVER_QUEUE, wakeup));
  }

  /** Messages that want to be looked at: planned ones whose time has come, and those whose holder was lost. By the machine's time, like leases. */
  async due(limit: number): Promise<Wakeup<{ messageId: string }>[]> {
    const due = await this.messages
      .find({ dueAt: { $lte: new Date() } }, { attempt: 1, lane: 1 })
      .limit(limit)
      .lean();
    return due.map(wakeupOf);
  }

  /**
   * Takes in what a provider says, or what we know to be final. Adds only what was not known, so that it may come doubled
   * and in any order. Who says first that it was taken says under which name.
   */
  async report(id: string, report: StatusReport): Promise<void> {
    const { status, providerIdHash } = report;
    await this.mongo.transaction(async (session) => {
      const message = await this.messages.findById(id).session(session);
      if (!message || isOfEarlier(message, report)) return;
      const name = status === 'sent' && providerIdHash && !message.providerIdHash ? { providerIdHash } : {};
      await this.change(message, settle(progressOf(message), report), name, session);
    });
  }

  /** Ends a message that this holder has, after what kept it: nothing happens where the lease went to another. */
  async end(held: Message, code: string, kept?: Omit<MessageStep, 'at'>): Promise<void> {
    await this.mongo.transaction(async (session) => {
      const message = await this.messages.findOne({ _id: held._id, lease: held.lease }).session(session);
      if (!message) return;
      const at = this.clock.now();
      if (kept) message.history.push({ ...kept, at });
      await this.change(message, settle(progressOf(message), { status: 'failed', at, code }), {}, session);
    });
  }

  /** Ends what has not left yet of a course. Who holds one of them loses it before the first byte: `sending` is by the lease. */
  async endUnsent(course: string, code: string, session: ClientSession): Promise<void> {
    const unsent = await this.messages.find({ course, state: { $in: ['planned', 'held'] } }).session(session);
    for (const message of unsent) {
      const after = settle(progressOf(message), { status: 'failed', at: this.clock.now(), code });
      await this.change(message, after, {}, session);
    }
  }

  /**
   * Sends anew what a provider took and then did not deliver; false where that is not so, or the message would be of no use by then. The
   * sending is named, so that only the last one can be the reason.
   */
  async sendAnew(id: string, { providerIdHash, code, afterMs }: FailedSending): Promise<boolean> {
    const until = new Date(this.clock.now().getTime() + afterMs);
    const step = { state: 'held', at: this.clock.now(), code, until };
    const before = await this.messages.findOneAndUpdate(
      { _id: id, state: 'sent', providerIdHash, expiresAt: { $gt: until } },
      {
        $set: { state: 'held', code, dueAt: new Date(Date.now() + afterMs) },
        $unset: { providerIdHash: 1, leftAt: 1, lease: 1 },
        $inc: { refusals: 1 },
        $push: { history: { $each: [step], $slice: -30 }, abandoned: providerIdHash },
      },
    );
    if (before?.sentAt) this.costs.failed(before, before.sentAt);
    return before !== null;
  }

  private count(message: Message, facts: Fact[], before: Progress, now: Date): void {
    if (facts.includes('sent')) {
      this.metrics.accepted(message, now);
      this.costs.sent(message, message.sentAt ?? now);
    }
    if (facts.includes('delivered')) {
      this.metrics.delivered(message, message.deliveredAt ?? now);
      this.costs.delivered(message);
    }
    if (facts.includes('failed')) {
      if (message.state === 'failed') this.metrics.failed(message, message.code ?? 'failed');
      if (before.sentAt) this.costs.failed(message, before.sentAt);
    }
  }

  /** The same to the same person by their next channel. */
  private async handOver(message: MessageDocument, session: ClientSession): Promise<void> {
    const { cause, template, language, recipientKind, details, expiresAt, workflow, category, lane } = message;
    const { cooperativeId, course, alternatives = [] } = message;
    const [next, ...others] = alternatives;
    if (!next || expiresAt <= this.clock.now()) return;
    const plan: Plan = {
      ...{ cause, template, language, recipientKind, details, expiresAt, workflow, category, lane },
      ...{ recipientId: next.recipientId, channel: next.channel },
      ...(others.length > 0 && { alternatives: others }),
      ...(cooperativeId && { cooperativeId }),
      ...(course && { course }),
    };
    await this.plan(plan, session);
  }

  /** It arrived after all: who took over need not send any more. */
  private async takeBack({ cause, alternatives = [] }: MessageDocument, session: ClientSession): Promise<void> {
    if (alternatives.length === 0) return;
    const recipientId = { $in: alternatives.map((other) => other.recipientId) };
    const unsent = await this.messages
      .find({ cause, recipientId, state: { $in: ['planned', 'held'] } })
      .session(session);
    for (const message of unsent) {
      const report = { status: 'failed', at: this.clock.now(), code: 'no_longer_needed' } as const;
      await this.change(message, settle(progressOf(message), report), {}, session);
    }
  }

  private async change(message: MessageDocument, after: Progress, also: Partial<Message>, session: ClientSession) {
    const before = progressOf(message);
    const now = this.clock.now();
    message.set({ ...after, ...also });
    message.set({ code: after.failedAt && !after.deliveredAt && !after.readAt ? after.failureCode : undefined });
    if (!message.isModified()) return;
    if (after.state !== before.state) {
      message.set({ dueAt: undefined, lease: undefined });
      message.history.push({ state: after.state, at: now, ...(message.code && { code: message.code }) });
      this.mongo.afterCommit(session, () => this.metrics.reached(message, after.state));
    }
    const facts = factsOf(before, after);
    this.mongo.afterCommit(session, () => this.count(message, facts, before, now));
    for (const fact of facts) await this.outbox.add(message, factOf(fact, message, now), session);
    await message.save({ session });
    if (facts.includes('failed') && handsOver(message.channel, message.code)) await this.handOver(message, session);
    if (facts.includes('delivered') && before.failedAt) await this.takeBack(message, session);
  }
}

/** The wake-up of a message's next attempt. */
export function wakeupOf({ _id, attempt, lane }: Pick<Message, '_id' | 'attempt' | 'lane'>): Wakeup<{
  messageId: string;
}> {
  return { id: `${_id}-deliver-${attempt}`, data: { messageId: _id }, priority: LANES.indexOf(lane) };
}

function progressOf({ state, sentAt, deliveredAt, readAt, failedAt, failureCode }: Message): Progress {
  return { state, sentAt, deliveredAt, readAt, failedAt, failureCode };
}

function factOf(fact: Fact, message: Message, now: Date): object {
  const { _id: messageId, cooperativeId, channel, template, cause: causeId } = message;
  const about = { messageId, channel, template, causeId, ...(cooperativeId && { cooperativeId }) };
  const at = (effective: Date | undefined) => ({
    effectiveOn: (effective ?? now).toISOString(),
    knownAt: now.toISOString(),
  });
  switch (fact) {
    case 'sent':
      return event(MessageSentV1, { ...about, ...at(message.sentAt) });
    case 'delivered':
      return event(MessageDeliveredV1, { ...about, ...at(message.deliveredAt ?? message.readAt) });
    case 'failed':
      return event(MessageFailedV1, { ...about, ...at(message.failedAt), code: message.failureCode ?? 'failed' });
  }
}
