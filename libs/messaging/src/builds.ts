import type { Log } from '@idxcoop/platform';
import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { BuildRow, RetryRow } from './collections';
import type { Listened } from './consumer-registry';
import { Loop } from './loop';

const ALIVE_FOR = 30_000;
const ANNOUNCE_EVERY = 10_000;
const LOOK_EVERY = 1_000;

/**
 * What the builds listen to that work on this service now. During a roll-out an old one receives what only a newer one knows; it
 * leaves that to the newer one, without counting attempts that could not have helped.
 */
export class Builds {
  private readonly announcing: Loop;
  private elsewhere: BuildRow[] = [];
  private lookedAt = 0;

  constructor(
    private readonly rows: () => mongo.Collection<BuildRow>,
    private readonly listened: () => Listened,
    log: Log,
  ) {
    this.announcing = new Loop('announcement of this build', ANNOUNCE_EVERY, () => this.announce(), log);
  }

  start(): void {
    this.announcing.start();
  }

  async stop(): Promise<void> {
    await this.announcing.stop();
  }

  /** The rows of `retries` that this build can do something about. */
  mine(): mongo.Filter<RetryRow> {
    return { $or: Object.entries(this.listened()).map(([consumer, events]) => ({ consumer, type: { $in: events } })) };
  }

  /** Rows of its consumers that no build at work can do anything about. */
  async strange(): Promise<mongo.Filter<RetryRow>> {
    if (Date.now() - this.lookedAt > LOOK_EVERY) {
      this.lookedAt = Date.now();
      this.elsewhere = await this.rows()
        .find({ until: { $gte: new Date() } })
        .toArray();
    }
    const others = this.elsewhere.flatMap(({ listened }) => listened);
    return {
      $or: Object.entries(this.listened()).map(([consumer, events]) => {
        const known = others.filter(([name]) => name === consumer).flatMap(([, more]) => more);
        return { consumer, type: { $nin: [...events, ...known] } };
      }),
    };
  }

  /** Processes of one build share a row. */
  private async announce(): Promise<void> {
    const listened = Object.entries(this.listened()).sort(([a], [b]) => a.localeCompare(b));
    const _id = createHash('sha256').update(JSON.stringify(listened)).digest('hex').slice(0, 16);
    const until = new Date(Date.now() + ALIVE_FOR);
    await this.rows().updateOne({ _id }, { $set: { listened, until } }, { upsert: true });
  }
}
