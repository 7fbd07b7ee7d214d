import { Config, describeError, Health, Log, Metrics, Mongo } from '@idxcoop/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { LibraryChange } from '../library-item/library-change.schema';
import { EmbeddedIndex } from './embedded-index';
import { IndexSignal } from './index-signal';
import { SearchDoc } from './search-doc.schema';

const LOOK_EVERY = 250;
const STEP = 500;

/**
 * Keeps the index of this process the same as `search_docs`, by following the changes of the library in the order of their
 * commits. A change counts as applied once the index holds what came of it or something newer, so that "up to `seq`" is exact
 * even though changes are indexed in any order.
 */
@Injectable()
export class IndexFollower implements OnApplicationBootstrap, OnModuleDestroy {
  readonly index = new EmbeddedIndex();
  private readonly applied = new Map<string, number>();
  /** Changes that were seen and are not in the index yet, by item: the first and the last of them. */
  private readonly awaited = new Map<string, { first: number; last: number }>();
  private seen = 0;
  private loaded = false;
  private readonly closing = new AbortController();
  private wake: () => void = () => {};
  private running: Promise<void> | undefined;
  private waiting: { seq: number; resolve: () => void }[] = [];

  constructor(
    private readonly mongo: Mongo,
    @InjectModel(SearchDoc.name) private readonly docs: Model<SearchDoc>,
    @InjectModel(LibraryChange.name) private readonly changes: Model<LibraryChange>,
    private readonly config: Config,
    private readonly signal: IndexSignal,
    private readonly log: Log,
    health: Health,
    metrics: Metrics,
  ) {
    health.require('search_index', ['api'], () => {
      if (!this.loaded) throw new Error('the index is not loaded yet');
    });
    metrics.gauge('search_index_documents', 'Documents that this process can find', [], (gauge) =>
      gauge.set(this.index.size),
    );
    metrics.gauge(
      'search_index_behind',
      'Changes of the library that this process has seen and not applied',
      [],
      (gauge) => gauge.set(this.seen - this.seq),
    );
  }

  /** Every change up to this one is in the index. */
  get seq(): number {
    let first = this.seen + 1;
    for (const change of this.awaited.values()) first = Math.min(first, change.first);
    return first - 1;
  }

  get isLoaded(): boolean {
    return this.loaded;
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('api')) return;
    this.signal.listen(() => this.wake());
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.closing.abort();
    this.wake();
    await this.running;
  }

  /** Waits until every change up to `seq` is in the index; false where that takes longer than `patience`. */
  async reach(seq: number, patience: number): Promise<boolean> {
    if (this.seq >= seq) return true;
    const reached = new Promise<true>((resolve) => this.waiting.push({ seq, resolve: () => resolve(true) }));
    const late = new AbortController();
    this.wake();
    try {
      return await Promise.race([reached, pause(patience, false, { signal: late.signal })]);
    } finally {
      late.abort();
      this.waiting = this.waiting.filter((waiter) => waiter.seq > this.seq);
    }
  }

  /** Looks once for what is new. */
  async look(): Promise<void> {
    for (let read = STEP; read === STEP; ) {
      const rows = await this.changes
        .find({ seq: { $gt: this.seen, $lte: this.seen + STEP } }, { seq: 1, itemId: 1, state: 1 })
        .sort({ seq: 1 })
        .lean<LibraryChange[]>();
      read = rows.length;
      for (const { seq, itemId, state } of rows) {
        this.seen = seq;
        if (state === 'draft' || (this.applied.get(itemId) ?? 0) >= seq) continue;
        this.awaited.set(itemId, { first: this.awaited.get(itemId)?.first ?? seq, last: seq });
      }
    }
    await this.fetch();
    this.loaded = true;
    const { seq } = this;
    for (const waiter of this.waiting) if (waiter.seq <= seq) waiter.resolve();
  }

  /** Applies what has become of the awaited changes. */
  private async fetch(): Promise<void> {
    const ids = [...this.awaited.keys()];
    for (let from = 0; from < ids.length; from += STEP) {
      const docs = await this.docs.find({ _id: { $in: ids.slice(from, from + STEP) } }).lean<SearchDoc[]>();
      for (const doc of docs) this.apply(doc);
    }
  }

  private apply(doc: SearchDoc): void {
    if (doc.seq > (this.applied.get(doc._id) ?? 0)) {
      this.index.apply(doc);
      this.applied.set(doc._id, doc.seq);
    }
    const awaited = this.awaited.get(doc._id);
    if (!awaited) return;
    if (doc.seq >= awaited.last) this.awaited.delete(doc._id);
    // What is between is not told apart: it counts as awaited until the last of them is there.
    else if (doc.seq >= awaited.first) awaited.first = doc.seq + 1;
  }

  private async run(): Promise<void> {
    await this.mongo.ready().catch(() => {});
    let failures = 0;
    while (!this.closing.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      try {
        await this.look();
        failures = 0;
      } catch (error) {
        if (failures++ % 40 === 0)
          this.log.warn({ reason: describeError(error) }, 'the index cannot follow the library');
      }
      const rest = new AbortController();
      await Promise.race([woken, pause(LOOK_EVERY, undefined, { signal: rest.signal }).catch(() => {})]);
      rest.abort();
    }
  }
}
