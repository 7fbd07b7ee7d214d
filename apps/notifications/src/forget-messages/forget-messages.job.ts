import { Clock, Config, Job, type JobHandler, type JobSchedule, Log, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Bundle } from '../bundle/bundle.schema';
import { Message } from '../message/message.schema';

const DAY = 86_400_000;
/** As long as anybody asks whether a message arrived, and a provider may still say so. */
const TRACES_KEPT_DAYS = 90;
const AT_ONCE = 1_000;

/** Everything of a message that belongs to its person. */
const TRACES = { maskedAddress: 1, addressHash: 1, providerIdHash: 1, abandoned: 1 } as const;

/**
 * Forgets who was written to 90 days after a message ended, and the message itself after `MESSAGE_RETENTION_DAYS`. What holds
 * beyond that has its own record: a suppression keeps its own hash of the address, and the ledger of decisions stays.
 */
@Job({ queue: 'notifications-forget-messages' })
export class ForgetMessagesJob implements JobHandler<object> {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    @InjectModel(Bundle.name) private readonly bundles: Model<Bundle>,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async process(): Promise<void> {
    const removed = await this.inParts(this.tooOld(), (ids) => this.messages.deleteMany({ _id: { $in: ids } }));
    await this.bundles.deleteMany({ morning: this.tooOld().plannedAt });
    const masked = await this.inParts(this.traced(), (ids) =>
      this.messages.updateMany({ _id: { $in: ids } }, { $unset: TRACES }),
    );
    if (removed + masked > 0) this.log.info({ removed, masked }, 'old messages were forgotten');
  }

  async schedules(): Promise<JobSchedule[]> {
    return [{ id: 'daily', pattern: '45 2 * * *', timeZone: 'Asia/Jakarta', data: {} }];
  }

  /** A night that was missed is made up for at once. */
  async due(): Promise<Wakeup[]> {
    const missed = await this.messages
      .exists(this.tooOld(DAY))
      .then((found) => found ?? this.messages.exists(this.traced(DAY)));
    return missed ? [{ id: 'messages-to-forget', data: {} }] : [];
  }

  private async inParts(filter: object, act: (ids: string[]) => Promise<unknown>): Promise<number> {
    for (let count = 0; ; ) {
      const some = await this.messages.find(filter, { _id: 1 }).limit(AT_ONCE).lean();
      if (some.length > 0) await act(some.map(({ _id }) => _id));
      count += some.length;
      if (some.length < AT_ONCE) return count;
    }
  }

  private tooOld(graceMs = 0) {
    return { plannedAt: { $lte: this.before(this.config.messageRetentionDays, graceMs) } };
  }

  /** With traces, nothing left to do, and no step since. */
  private traced(graceMs = 0) {
    const before = this.before(TRACES_KEPT_DAYS, graceMs);
    return {
      plannedAt: { $lte: before },
      addressHash: { $exists: true },
      dueAt: { $exists: false },
      'history.at': { $not: { $gt: before } },
    };
  }

  private before(days: number, graceMs: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY - graceMs);
  }
}
