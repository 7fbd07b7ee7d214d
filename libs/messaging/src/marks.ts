import type { Log } from '@idxcoop/platform';
import type { mongo } from 'mongoose';
import type { OutboxRow } from './collections';

const FLUSH_AFTER = 20;
const BATCH = 200;
const MOST = 20_000;
const LONGEST_PAUSE = 2_000;

/** Remembers in batches that outbox rows were confirmed. A mark that is lost costs one more publish, which the inbox absorbs. */
export class PublishedMarks {
  private readonly ids = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private failures = 0;

  constructor(
    private readonly outbox: () => mongo.Collection<OutboxRow>,
    private readonly log: Log,
  ) {}

  /** Whether a row was confirmed and only its mark is still to be written. */
  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(id: string): void {
    if (this.ids.size < MOST) this.ids.add(id);
    if (this.ids.size >= BATCH && this.failures === 0) void this.write();
    else this.schedule();
  }

  /** Writes what is left; gives up at the first failure. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.ids.size > 0) {
      const before = this.failures;
      await this.write();
      if (this.failures > before) break;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private schedule(): void {
    const pause = this.failures === 0 ? FLUSH_AFTER : Math.min(FLUSH_AFTER * 2 ** this.failures, LONGEST_PAUSE);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.write();
    }, pause);
  }

  private async write(): Promise<void> {
    if (this.writing) return this.writing;
    this.writing = this.writeOnce();
    await this.writing;
    this.writing = undefined;
    if (this.ids.size > 0) this.schedule();
  }

  private async writeOnce(): Promise<void> {
    const ids = [...this.ids].slice(0, BATCH);
    if (ids.length === 0) return;
    try {
      await markPublished(this.outbox(), ids);
      for (const id of ids) this.ids.delete(id);
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (this.failures === 1) this.log.warn({ err: error }, 'confirmed events could not be marked yet');
    }
  }
}

/** Marks rows as published; they expire from now on. */
export async function markPublished(
  outbox: mongo.Collection<OutboxRow>,
  ids: readonly string[],
  status: 'published' | 'unsent' = 'published',
): Promise<void> {
  await outbox.updateMany(
    { _id: { $in: [...ids] } },
    { $set: { status, publishedAt: new Date() }, $unset: { pendingSlot: '' } },
  );
}
