import { Config, newId, REDIS } from '@idxcoop/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { LANES, type Lane } from '../message/message.schema';
import { DAY, type LineLimits, SECOND } from './line-limits';
import { BACK, LATER, LEFT, RESTORED, TAKE } from './place-scripts';
import { RedisTime } from './redis-time';

/** What the network may add to the way of one message and not to that of the next. */
export const MARGIN = 12;
/** How far ahead a lane may take a place: so long a message may wait for its moment with everything else done. */
export const AHEAD: Readonly<Record<Lane, number>> = { urgent: 1_000, normal: 400, bulk: 100 };
/** Places are granted evenly, a little faster than the rate: a burst would meet the next one in the same second. */
const EVENLY = 0.96;
/** So far the moments may be from even, or one that is late would make those behind it late. */
const UNEVEN = 60;
/** Those who were turned away come back faster than they can be sent, so that the line never runs dry. */
const COME_BACK = 0.8;
const RESTORING_FOR = 60_000;

export interface Ask {
  lane: Lane;
  /** Keyed hash of the address. */
  person: string;
  /** Different people that this message may bring the line to. */
  allowedPeople: number;
}

export interface Grant {
  id: string;
  person: string;
  /** The moment, by `performance.now()`. */
  from: number;
  /** The moment, by the clock of Redis. */
  at: string;
  isNew: boolean;
  people: number;
}

/** Which limit is in the way, and for how many milliseconds. `forgotten`: Redis does not know what was sent. */
export type InTheWay = { limit: 'rate' | 'pair' | 'people' | 'blocked' | 'forgotten'; wait: number };

/** The places of a line in Redis. Every method is one atomic step, by the clock of Redis. */
@Injectable()
export class Places {
  private run: Promise<string> | undefined;
  private readonly time = new RedisTime();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly config: Config,
  ) {
    redis.on('close', () => {
      this.run = undefined;
    });
  }

  async take(limits: LineLimits, { lane, person, allowedPeople }: Ask): Promise<Grant | InTheWay> {
    const id = newId();
    const { rate, perPerson, validity } = limits;
    const run = await this.runId();
    const sent = performance.now();
    const [answer, wait, at, now, isNew, people] = (await this.call(
      TAKE,
      this.keys(limits),
      [run, id, LANES.indexOf(lane), person, rate, SECOND, intervalOf(limits)],
      [perPerson, dayOf(limits), allowedPeople, AHEAD[lane], validity, MARGIN, UNEVEN],
    )) as [string, string, string, string, number, number];
    if (answer !== 'granted') return { limit: answer as InTheWay['limit'], wait: Math.ceil(Number(wait)) };
    const received = performance.now();
    this.time.learn(sent, Number(now), received);
    return { id, person, from: this.time.reached(Number(at)), at, isNew: isNew === 1, people };
  }

  /** Answers when the bytes left, by the clock of Redis. */
  async left(limits: LineLimits, { id, person, at }: Grant, agoMs: number): Promise<string> {
    const { perPerson, validity } = limits;
    const closer = this.time.atMost(performance.now() - agoMs);
    const counted = [SECOND, perPerson, dayOf(limits), validity, MARGIN, closer.toFixed(3)];
    return (await this.call(LEFT, this.keys(limits), [id, person, at, agoMs], counted)) as string;
  }

  /** Frees what was taken, as long as it is not another's. */
  async back(
    limits: LineLimits,
    { id, person, at, isNew }: Pick<Grant, 'id' | 'person' | 'at' | 'isNew'>,
  ): Promise<void> {
    const counted = [limits.perPerson, dayOf(limits), limits.validity, MARGIN, intervalOf(limits)];
    await this.call(BACK, this.keys(limits), [id, person, at, isNew ? 1 : 0], counted);
  }

  /** Frees the person of a message that left and was not taken; the second in which it left stays used. */
  async freePerson(limits: LineLimits, { person, isNew }: Grant, leftAt: string): Promise<void> {
    await this.back(limits, { id: '', person, at: String(Number(leftAt) - limits.validity), isNew });
  }

  /** Milliseconds after which one who was turned away may come back, at least so many. */
  async later(limits: LineLimits, atLeast: number): Promise<number> {
    const step = (SECOND / limits.rate) * COME_BACK;
    return Math.ceil(Number(await this.call(LATER, [this.key(limits, 'state')], [step, atLeast])));
  }

  /** The right to count again what was sent, for one process at a time; null where another has it. */
  async startRestoring(limits: LineLimits): Promise<string | null> {
    const token = newId();
    const taken = await this.redis.set(this.key(limits, 'restoring'), token, 'PX', RESTORING_FOR, 'NX');
    return taken ? token : null;
  }

  /** People who were written to, each with the time by which that is 24 hours ago. */
  async addPeople(limits: LineLimits, people: ReadonlyMap<string, number>): Promise<void> {
    if (people.size === 0) return;
    const entries = [...people].flatMap(([person, until]) => [until, person]);
    await this.redis.zadd(this.key(limits, 'people'), 'GT', ...entries);
  }

  /** Opens the line, after a while; false where Redis was wiped again meanwhile. */
  async endRestoring(limits: LineLimits, token: string, blockedFor: number): Promise<boolean> {
    const keys = ['state', 'restoring'].map((name) => this.key(limits, name));
    return (await this.call(RESTORED, keys, [await this.runId(), token, blockedFor])) === 1;
  }

  private keys(limits: LineLimits): string[] {
    return ['places', 'pairs', 'people', 'state'].map((name) => this.key(limits, name));
  }

  private key({ line }: LineLimits, name: string): string {
    return `${this.config.dbPrefix}:limits:{${line}}:${name}`;
  }

  /** Of this life of Redis: one that was started again may have an old memory. */
  private runId(): Promise<string> {
    this.run ??= this.redis.info('server').then((info) => /run_id:(\w+)/.exec(info)?.[1] ?? 'unnamed');
    this.run.catch(() => {
      this.run = undefined;
    });
    return this.run;
  }

  private async call(script: string, keys: string[], ...parameters: (string | number)[][]): Promise<unknown> {
    const rest = [...keys, ...parameters.flat()];
    try {
      return await this.redis.evalsha(shaOf(script), keys.length, ...rest);
    } catch (error) {
      if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
      return this.redis.eval(script, keys.length, ...rest);
    }
  }
}

const shas = new Map<string, string>();

function shaOf(script: string): string {
  const sha = shas.get(script) ?? createHash('sha1').update(script).digest('hex');
  shas.set(script, sha);
  return sha;
}

function dayOf({ dailyPeople }: LineLimits): number {
  return dailyPeople > 0 ? DAY : 0;
}

function intervalOf({ rate }: LineLimits): number {
  return (SECOND / rate) * EVENLY;
}
