import { event, MessageSentV1 } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Clock, Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Costs } from '../cost/costs';
import { Gather } from './gather';
import { Message } from './message.schema';
import { MessageMetrics } from './message-metrics';
import { Messages } from './messages';

interface Acceptance {
  held: Message;
  providerIdHash: string;
  at: Date;
}

/** One of them was changed by somebody else meanwhile, so each is to be looked at alone. */
class Changed extends Error {}

/**
 * What ends well, which is nearly everything: the provider took a message of this holder. Those of the same moment share one
 * transaction; where a webhook was quicker with one of them, `Messages.report` takes them in one by one.
 */
@Injectable()
export class Acceptances {
  private readonly acceptances = new Gather<Acceptance, void>((all) => this.recordAll(all));

  constructor(
    @InjectModel(Message.name) private readonly model: Model<Message>,
    private readonly messages: Messages,
    private readonly mongo: Mongo,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly metrics: MessageMetrics,
    private readonly costs: Costs,
  ) {}

  record(held: Message, providerIdHash: string): Promise<void> {
    return this.acceptances.get({ held, providerIdHash, at: this.clock.now() });
  }

  private async recordAll(all: Acceptance[]): Promise<void[]> {
    try {
      await this.mongo.transaction(async (session) => {
        // The outbox raises the sequence, and this may run again.
        const aggregates = all.map(({ held }) => ({ id: held._id, sequence: held.sequence }));
        const facts = all.map((one, index) => ({
          aggregate: aggregates[index] as (typeof aggregates)[0],
          event: sent(one),
        }));
        // One that is sent anew was told of when it was sent first.
        await this.outbox.addMany(
          facts.filter((_, index) => !all[index]?.held.sentAt),
          session,
        );
        const updates = all.map((one, index) => this.update(one, aggregates[index]?.sequence ?? 0));
        const { matchedCount } = await this.model.bulkWrite(updates, { session });
        if (matchedCount < all.length) throw new Changed();
        this.mongo.afterCommit(session, () => this.count(all));
      });
      return all.map(() => undefined);
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
    }
    return Promise.all(
      all.map(({ held, providerIdHash, at }) => this.messages.report(held._id, { status: 'sent', at, providerIdHash })),
    );
  }

  private update({ held: { _id, lease }, providerIdHash, at }: Acceptance, sequence: number) {
    return {
      updateOne: {
        filter: { _id, lease, state: 'sending' as const },
        update: {
          $set: { state: 'sent' as const, sentAt: at, providerIdHash, sequence },
          $unset: { lease: 1, dueAt: 1, code: 1 },
          $push: { history: { $each: [{ state: 'sent' as const, at }], $slice: -30 } },
        },
      },
    };
  }

  private count(all: Acceptance[]): void {
    for (const { held, at } of all) {
      this.metrics.reached(held, 'sent');
      this.metrics.accepted(held, at);
      this.costs.sent(held, at);
    }
  }
}

function sent({ held, at }: Acceptance): object {
  const { _id: messageId, cooperativeId, channel, template, cause: causeId } = held;
  return event(MessageSentV1, {
    messageId,
    channel,
    template,
    causeId,
    ...(cooperativeId && { cooperativeId }),
    effectiveOn: at.toISOString(),
    knownAt: at.toISOString(),
  });
}
