import { Log } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import { DAY, type LineLimits, SECOND } from './line-limits';
import { AHEAD, MARGIN, Places } from './places';

/** No permit is used so long after it was granted: where nothing left since, nothing is on its way. */
const QUIET = 120_000;
const AT_ONCE = 1_000;

/**
 * Redis was wiped, or is new: what MongoDB knows to have left is counted again before anything else leaves. Sends may be on
 * their way that were granted before and are written nowhere yet, so where something left lately the line waits until
 * the longest of the short windows has passed; then only the people of the day are still to be counted.
 */
@Injectable()
export class SentBefore {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly places: Places,
    private readonly log: Log,
  ) {}

  /** False where another process is at it. */
  async restore(limits: LineLimits): Promise<boolean> {
    const token = await this.places.startRestoring(limits);
    if (!token) return false;
    const wasBusy = await this.wasBusy(limits);
    const blockedFor = wasBusy ? Math.max(limits.perPerson, SECOND) + AHEAD.urgent + MARGIN : 0;
    const people = limits.dailyPeople > 0 ? await this.countPeople(limits) : 0;
    const isOpen = await this.places.endRestoring(limits, token, blockedFor);
    if (isOpen && (wasBusy || people > 0)) {
      const { line } = limits;
      this.log.warn({ line, people, blockedFor }, 'Redis had forgotten what was sent: counted again from MongoDB');
    }
    return isOpen;
  }

  private async wasBusy({ channel }: LineLimits): Promise<boolean> {
    const since = new Date(Date.now() - QUIET);
    return (await this.messages.exists({ channel, leftAt: { $gte: since } })) !== null;
  }

  private async countPeople(limits: LineLimits): Promise<number> {
    const { channel } = limits;
    const sent = this.messages
      .find({ channel, leftAt: { $gte: new Date(Date.now() - DAY) } }, { _id: 0, leftAt: 1, addressHash: 1 })
      .lean()
      .cursor();
    const all = new Set<string>();
    let some = new Map<string, number>();
    for await (const { addressHash, leftAt } of sent) {
      if (!addressHash || !leftAt) continue;
      all.add(addressHash);
      some.set(addressHash, Math.max(some.get(addressHash) ?? 0, leftAt.getTime() + DAY + MARGIN));
      if (some.size < AT_ONCE) continue;
      await this.places.addPeople(limits, some);
      some = new Map();
    }
    await this.places.addPeople(limits, some);
    return all.size;
  }
}
