import { Inject, Injectable } from '@nestjs/common';
import { Log, isAway } from '@idxcoop/platform';
import { MessagingCollections, type OutboxRow } from './collections';
import { eachOf } from './each-of';
import { Lease } from './lease';
import { Loop } from './loop';
import { markPublished } from './marks';
import { MESSAGING_OPTIONS, type MessagingOptions } from './options';
import { PublishUnroutable } from './publish-errors';
import { Publisher } from './publisher';
import { Relay } from './relay';

/** An instant beyond every slot: two-sided ranges are what the engine answers without reading everything. */
const EVER = 99_999_999_999;
/** Rows of a slot that are read at once. */
const BATCH = 1_000;

/**
 * Publishes what its process did not: rows that are still pending after the grace. One process of a service at a time, by a
 * lease. It asks for what is pending, slot by slot, and never keeps a cursor: a row that commits late would be behind it.
 */
@Injectable()
export class Sweep {
  /** Seconds since the recording of the oldest pending row; 0 when there is none. */
  oldestPending = 0;
  /** When rows were recorded that went behind the others. */
  private readonly putOffs = new Map<string, number>();
  private readonly lease: Lease;
  private readonly loop: Loop;
  private readonly listenedTo: ReadonlySet<string>;

  constructor(
    private readonly collections: MessagingCollections,
    private readonly relay: Relay,
    private readonly publisher: Publisher,
    private readonly log: Log,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {
    this.lease = new Lease(() => collections.leases, 'outbox-sweep', options.leaseFor);
    this.loop = new Loop('outbox sweep', options.sweepInterval, () => this.pass(), log);
    this.listenedTo = new Set(
      Object.values(options.subscriptions).flatMap((contracts) => contracts.map(({ event }) => event)),
    );
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.lease.release().catch((error: unknown) => {
      if (!isAway(error)) this.log.warn({ err: error }, 'the lease of the sweep was not released');
    });
  }

  /** One look at everything that is pending. */
  async pass(): Promise<void> {
    const slots = (await this.collections.outbox.distinct('pendingSlot', {
      pendingSlot: { $gte: 0, $lte: EVER },
    })) as number[];
    this.oldestPending =
      slots.length === 0 ? 0 : Math.max(0, Date.now() / 1000 - Math.min(...slots, ...this.putOffs.values()));
    const due = (Date.now() - this.options.grace) / 1000;
    for (const slot of slots.filter((second) => second + 1 <= due).sort((a, b) => a - b)) {
      if (this.loop.isStopping || !this.publisher.isReady) return;
      if (!(await this.lease.take())) {
        // Another process sweeps, and knows better.
        this.putOffs.clear();
        return;
      }
      if (!(await this.publishSlot(slot))) return;
    }
  }

  /** False when the broker stopped taking them. */
  private async publishSlot(slot: number): Promise<boolean> {
    const found = await this.collections.outbox.find({ pendingSlot: slot }).limit(BATCH).toArray();
    const rows = found.filter(({ _id }) => !this.relay.has(_id));
    let failure: unknown;
    await eachOf(rows, this.options.window, async (row) => {
      if (failure || this.loop.isStopping) return;
      try {
        await this.relay.publish(row);
        this.putOffs.delete(row._id);
      } catch (error) {
        await this.putOff(row, error);
        if (!(error instanceof PublishUnroutable)) failure = error;
      }
    });
    await this.relay.flush();
    return !failure;
  }

  /**
   * A returned row goes behind the others, so that it does not hold them up, and everything is declared again. What this build
   * has no listener for was pending because another build has one: only when nobody has bound a queue for long is it given up.
   */
  private async putOff(row: OutboxRow, error: unknown): Promise<void> {
    if (!(error instanceof PublishUnroutable)) return;
    if (this.listenedTo.has(row.type)) await this.publisher.repair(row.type);
    else if (Date.now() - row.recordedAt.getTime() > this.options.unheardAfter) {
      this.putOffs.delete(row._id);
      return markPublished(this.collections.outbox, [row._id], 'unsent');
    }
    this.putOffs.set(row._id, row.recordedAt.getTime() / 1000);
    await this.collections.outbox.updateOne(
      { _id: row._id, status: 'pending' },
      { $set: { pendingSlot: Math.floor(Date.now() / 1000) } },
    );
  }
}
