interface Asked<A, R> {
  item: A;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Lets many callers share one question to a store: the first asks at once, and who comes while it is out goes along with the
 * next. So nobody waits for company, and under load the cost of a question is shared by all who ask.
 */
export class Gather<A, R> {
  private waiting: Asked<A, R>[] = [];
  private out = 0;

  constructor(
    /** Answers in the order of the items. */
    private readonly ask: (items: A[]) => Promise<R[]>,
    private readonly most = 100,
    private readonly atOnce = 1,
  ) {}

  get(item: A): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      // Those who come in the same turn of the event loop go together.
      if (this.waiting.length === 1) setImmediate(() => this.next());
    });
  }

  private next(): void {
    while (this.waiting.length > 0 && this.out < this.atOnce) {
      const some = this.waiting.splice(0, this.most);
      this.out += 1;
      void this.run(some).finally(() => {
        this.out -= 1;
        this.next();
      });
    }
  }

  private async run(asked: Asked<A, R>[]): Promise<void> {
    try {
      const results = await this.ask(asked.map(({ item }) => item));
      asked.forEach(({ resolve }, index) => resolve(results[index] as R));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
