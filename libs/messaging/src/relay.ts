import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '@idxcoop/platform';
import { MessagingCollections, type OutboxRow } from './collections';
import { PublishedMarks } from './marks';
import { MESSAGING_OPTIONS, type MessagingOptions } from './options';
import { PublishError, PublishUnroutable } from './publish-errors';
import { Publisher } from './publisher';

const AGAIN_AFTER = 100;

interface Entry {
  row: Pick<OutboxRow, '_id' | 'eventId' | 'type' | 'body'>;
  /** After that the row belongs to the sweep. */
  until: number;
}

/**
 * Publishes from memory what this process has committed, a window at a time. It never holds anybody up and may forget: what
 * it does not get confirmed within the grace stays pending, and the sweep finds it.
 */
@Injectable()
export class Relay implements OnApplicationShutdown {
  private readonly entries: Entry[] = [];
  private readonly inHand = new Set<string>();
  private readonly marks: PublishedMarks;
  private active = 0;
  private isClosed = false;
  private idle: () => void = () => {};

  constructor(
    private readonly publisher: Publisher,
    collections: MessagingCollections,
    private readonly log: Log,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {
    this.marks = new PublishedMarks(() => collections.outbox, log);
  }

  /** Takes over rows that were just committed. */
  offer(rows: readonly OutboxRow[]): void {
    if (this.isClosed) return;
    const until = Date.now() + this.options.grace;
    for (const row of rows) {
      if (this.entries.length >= this.options.relayMemory) return;
      this.inHand.add(row._id);
      this.entries.push({ row, until });
    }
    this.pump();
  }

  /** Whether this process is publishing the row, or has and only the mark is missing. */
  has(id: string): boolean {
    return this.inHand.has(id) || this.marks.has(id);
  }

  /** Publishes one row and remembers that; rejects with the publisher's error. */
  async publish(row: Entry['row']): Promise<void> {
    await this.publisher.publish({ id: row.eventId, type: row.type, body: Buffer.from(row.body) });
    this.marks.add(row._id);
  }

  /** Writes the marks of everything that was confirmed. */
  async flush(): Promise<void> {
    await this.marks.flush();
  }

  /** Publishes what it still holds, up to a deadline; the rest stays pending. */
  async drain(deadline: number): Promise<void> {
    if (!this.isClosed && (this.active > 0 || this.entries.length > 0) && this.publisher.isReady) {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        new Promise<void>((resolve) => {
          this.idle = resolve;
        }),
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, deadline);
        }),
      ]);
      clearTimeout(timer);
    }
    await this.marks.flush();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.drain(this.options.publishDeadline);
    this.isClosed = true;
    this.entries.length = 0;
    await this.publisher.close(0);
    await this.marks.flush();
  }

  private pump(): void {
    while (this.active < this.options.window && this.entries.length > 0 && !this.isClosed) {
      const entry = this.entries.shift() as Entry;
      this.active += 1;
      void this.settle(entry);
    }
    if (this.active === 0) this.idle();
  }

  private async settle(entry: Entry): Promise<void> {
    const isDone = await this.attempt(entry);
    this.active -= 1;
    if (isDone || this.isClosed) this.inHand.delete(entry.row._id);
    else this.entries.push(entry);
    this.pump();
  }

  /** Whether nothing is left to do for it here. */
  private async attempt(entry: Entry): Promise<boolean> {
    const { row, until } = entry;
    if (Date.now() > until) return true;
    try {
      await this.publish(row);
      return true;
    } catch (error) {
      if (!(error instanceof PublishError)) {
        this.log.error({ err: error, event: row.type }, 'an event could not be published, it stays pending');
        return true;
      }
      if (error instanceof PublishUnroutable) await this.publisher.repair(row.type);
      // Unknown or refused: the same id again, as soon as there is a channel, while the grace lasts.
      await pause(Math.min(AGAIN_AFTER, until - Date.now()));
      await Promise.race([this.publisher.usable(), pause(until - Date.now())]);
      return Date.now() > until;
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)).unref());
}
