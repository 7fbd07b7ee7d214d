import { LANES, type Lane } from '../message/message.schema';

export interface Waiter<A, R> {
  readonly ask: A;
  readonly lane: Lane;
  isWaiting: boolean;
  answer(result: R): void;
}

/** Those who wait for their turn in this process: the more urgent first, then by arrival, and nobody longer than their patience. */
export class WaitingLine<A, R> {
  private readonly lanes = new Map<Lane, Waiter<A, R>[]>(LANES.map((lane) => [lane, []]));

  /** Who is next. */
  get first(): Waiter<A, R> | undefined {
    for (const lane of LANES) {
      const [first] = this.lanes.get(lane) ?? [];
      if (first) return first;
    }
    return undefined;
  }

  /** Those who are next. */
  next(most: number): Waiter<A, R>[] {
    return LANES.flatMap((lane) => this.lanes.get(lane) ?? []).slice(0, most);
  }

  /** What the one who is waited for answers, or what `tooLong` says when that took too long. */
  wait(ask: A, lane: Lane, patience: number, tooLong: () => Promise<R>): Promise<R> {
    const waiters = this.lanes.get(lane) as Waiter<A, R>[];
    return new Promise((resolve) => {
      const leave = (): boolean => {
        if (!waiter.isWaiting) return false;
        waiter.isWaiting = false;
        clearTimeout(timer);
        waiters.splice(waiters.indexOf(waiter), 1);
        return true;
      };
      const waiter: Waiter<A, R> = {
        ask,
        lane,
        isWaiting: true,
        answer: (result) => {
          if (leave()) resolve(result);
        },
      };
      const timer = setTimeout(() => {
        if (leave()) resolve(tooLong());
      }, patience);
      waiters.push(waiter);
    });
  }
}
