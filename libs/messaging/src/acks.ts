import type { Channel, ConsumeMessage } from 'amqplib';

const BATCH = 50;
const WAIT = 5;

/**
 * The acknowledgements of one channel. What is finished is acknowledged a few at a time; after the channel has closed there
 * is nothing left to acknowledge (the broker gives those deliveries to somebody else).
 */
export class Acks {
  isOver = false;
  /** Held, in the order of their delivery; true when finished. */
  private readonly held = new Map<ConsumeMessage, boolean>();
  private finished = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly channel: Channel) {}

  /** Deliveries that are not acknowledged yet. */
  get size(): number {
    return this.held.size;
  }

  take(message: ConsumeMessage): void {
    this.held.set(message, false);
  }

  /** The message needs nobody any more. */
  finish(message: ConsumeMessage): void {
    if (this.isOver) return;
    this.held.set(message, true);
    this.finished += 1;
    if (this.finished >= BATCH) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), WAIT);
  }

  /** Acknowledges everything that is finished: the unbroken beginning in one go, the others one by one. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isOver || this.finished === 0) return;
    let last: ConsumeMessage | undefined;
    let isUnbroken = true;
    try {
      for (const [message, isFinished] of this.held) {
        if (!isFinished) {
          if (isUnbroken && last) this.channel.ack(last, true);
          isUnbroken = false;
          continue;
        }
        this.held.delete(message);
        if (isUnbroken) last = message;
        else this.channel.ack(message);
      }
      if (isUnbroken && last) this.channel.ack(last, true);
    } catch {
      // The channel closed before it said so.
      this.isOver = true;
    }
    this.finished = 0;
  }

  /** Back to the queue: it could be neither handled nor recorded. */
  giveBack(message: ConsumeMessage): void {
    if (this.isOver || !this.held.has(message)) return;
    // While it is still held it ends the unbroken beginning, so that no acknowledgement covers it.
    this.flush();
    this.held.delete(message);
    if (this.isOver) return;
    try {
      this.channel.reject(message, true);
    } catch {
      this.isOver = true;
    }
  }

  /** After that nothing is sent any more. */
  end(): void {
    this.flush();
    this.isOver = true;
    this.held.clear();
  }

  /** The channel is gone: what was held comes again, here or elsewhere. */
  lose(): void {
    clearTimeout(this.timer);
    this.isOver = true;
    this.held.clear();
  }
}
