import { LANES, type Lane } from '../message/message.schema';
import { Latencies } from './latencies';
import { type LineLimits, SECOND } from './line-limits';
import { Permit } from './permit';
import type { Ask, Grant, Places } from './places';
import { Refusal, spread } from './refusal';
import { type Waiter, WaitingLine } from './waiting-line';

/** Waiting in place costs a worker and nothing else; what takes longer is given back to the queue, which costs writes. */
const PATIENCE_FOR_SEAT = 8_000;
const PATIENCE_FOR_PLACE = 4_000;
/** While another process counts again what was sent. */
const LOOK_AGAIN = 100;
const AT_ONCE = 8;
const REDIS_AWAY = 2_000;
const MINUTE = 60 * SECOND;
/** A budget may grow by what the provider says, so nobody waits for the end of the day without looking. */
const LONGEST_HOLD = 60 * MINUTE;

/**
 * The way of this process to the places of a line. Only the first in line asks Redis, so that waiters do not crowd there; a
 * seat limits for how many messages the letters are fetched before there is a place for them.
 */
export class Turnstile {
  private readonly outside = new WaitingLine<undefined, 'seated' | Refusal>();
  private readonly inside = new WaitingLine<Ask, Permit | Refusal>();
  private readonly latencies = new Latencies();
  private readonly seats: number;
  private seated = 0;
  private isAsking = false;
  private wakeUp: () => void = () => {};
  private readonly closed = new Map<Lane, { refuse: () => Refusal; until: number }>();

  constructor(
    private readonly limits: LineLimits,
    private readonly places: Places,
    /** Counts again what was sent; false where another process is at it. */
    private readonly restore: () => Promise<boolean>,
  ) {
    this.seats = Math.max(8, Math.ceil(limits.rate / 5));
  }

  /** A seat to prepare a message on; whoever is urgent needs none that is free. */
  async sit(lane: Lane): Promise<'seated' | Refusal> {
    const closed = this.closed.get(lane);
    if (closed && closed.until > Date.now()) return closed.refuse();
    if (lane !== 'urgent' && (this.seated >= this.seats || this.outside.first)) {
      return this.outside.wait(undefined, lane, PATIENCE_FOR_SEAT, () => this.tooLong());
    }
    this.seated += 1;
    return 'seated';
  }

  stand(): void {
    this.seated -= 1;
    const next = this.outside.first;
    if (!next || this.seated >= this.seats) return;
    this.seated += 1;
    next.answer('seated');
  }

  /** The process ends: those who have not begun are given back. */
  close(): void {
    for (let waiter = this.outside.first; waiter; waiter = this.outside.first) {
      waiter.answer(new Refusal('rate_limited', spread(SECOND)));
    }
  }

  take(ask: Ask): Promise<Permit | Refusal> {
    const permit = this.inside.wait(ask, ask.lane, PATIENCE_FOR_PLACE, () => this.tooLong());
    if (!this.isAsking) void this.askForAll();
    else if (this.inside.first?.ask === ask) this.wakeUp();
    return permit;
  }

  private async askForAll(): Promise<void> {
    this.isAsking = true;
    for (let atOnce = 1; this.inside.first; ) {
      const waits = await Promise.all(this.inside.next(atOnce).map((waiter) => this.askFor(waiter)));
      const wait = Math.max(...waits);
      // Where there is room for all, there may be for more; where there is not, one who asks is enough.
      atOnce = wait > 0 ? 1 : AT_ONCE;
      if (wait > 0 && this.inside.first) await this.sleep(Math.min(...waits.filter((one) => one > 0)));
    }
    this.isAsking = false;
  }

  /** Milliseconds after which to ask again; 0 where this one has its answer. */
  private async askFor(waiter: Waiter<Ask, Permit | Refusal>): Promise<number> {
    try {
      const answer = await this.places.take(this.limits, waiter.ask);
      if ('id' in answer) {
        this.granted(waiter, answer);
        return 0;
      }
      const { limit, wait } = answer;
      if (limit === 'rate') return wait;
      if (limit === 'forgotten') return (await this.restore()) ? 0 : LOOK_AGAIN;
      waiter.answer(this.refusal(limit, wait, waiter.ask.lane));
    } catch {
      waiter.answer(this.shut(LANES, SECOND, () => new Refusal('limits_unavailable', spread(REDIS_AWAY))));
    }
    return 0;
  }

  private granted(waiter: Waiter<Ask, Permit | Refusal>, grant: Grant): void {
    const permit = new Permit(this.limits, grant, this.places, this.latencies);
    if (waiter.isWaiting) waiter.answer(permit);
    else permit.back();
  }

  private refusal(limit: 'pair' | 'people' | 'blocked', wait: number, lane: Lane): Refusal {
    switch (limit) {
      case 'pair':
        return new Refusal('pair_limited', wait);
      case 'blocked': {
        const until = Date.now() + wait;
        return this.shut(LANES, wait, () => new Refusal('limits_unavailable', until - Date.now() + spread(100)));
      }
      case 'people': {
        const refuse = () => new Refusal('daily_budget', spread(Math.min(Math.max(wait, MINUTE), LONGEST_HOLD)));
        // Others of a lane may be people of today; whoever is not one of many is asked about one by one.
        return lane === 'bulk' ? this.shut(['bulk'], MINUTE, refuse) : new Refusal('daily_budget', spread(MINUTE));
      }
    }
  }

  /** Turns these lanes away for a while without asking Redis, or onboarding. */
  private shut(lanes: readonly Lane[], forMs: number, refuse: () => Refusal): Refusal {
    for (const lane of lanes) this.closed.set(lane, { refuse, until: Date.now() + forMs });
    return refuse();
  }

  private async tooLong(): Promise<Refusal> {
    const after = await this.places.later(this.limits, SECOND).catch(() => spread(REDIS_AWAY));
    return new Refusal('rate_limited', after);
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
