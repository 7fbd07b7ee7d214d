import type { Handler } from './consumer-registry';

/** Gathers what a batch consumer gets together: until the batch is full, or has waited long enough. */
export class Batches<T> {
  private readonly open = new Map<string, { items: { item: T; settle: Settle }[]; timer: NodeJS.Timeout }>();

  constructor(
    private readonly wait: number,
    /** Handles a batch; rejects for all of it. */
    private readonly handle: (handler: Handler, items: T[]) => Promise<void>,
  ) {}

  /** Settles as the batch did that the item went into. */
  async add(handler: Handler, item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      const batch = this.open.get(handler.consumer) ?? this.begin(handler);
      batch.items.push({ item, settle: { resolve, reject } });
      if (batch.items.length >= (handler.batch ?? 1)) void this.flush(handler);
    });
  }

  private begin(handler: Handler): { items: { item: T; settle: Settle }[]; timer: NodeJS.Timeout } {
    const batch = { items: [], timer: setTimeout(() => void this.flush(handler), this.wait) };
    this.open.set(handler.consumer, batch);
    return batch;
  }

  private async flush(handler: Handler): Promise<void> {
    const batch = this.open.get(handler.consumer);
    if (!batch) return;
    clearTimeout(batch.timer);
    this.open.delete(handler.consumer);
    try {
      await this.handle(
        handler,
        batch.items.map(({ item }) => item),
      );
      for (const { settle } of batch.items) settle.resolve();
    } catch (error) {
      for (const { settle } of batch.items) settle.reject(error);
    }
  }
}

interface Settle {
  resolve: () => void;
  reject: (error: unknown) => void;
}
