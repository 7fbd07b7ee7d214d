import type { Channel } from '@idxcoop/contracts';
import { Clock, Config } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DailyBudget } from './daily-budget.schema';
import { type LineLimits, limitsOf } from './line-limits';

/** How old what this process knows of a budget may be. */
const FRESH = 10_000;

/** How many people a line may write to in 24 hours: what is configured, or less where its provider says so. */
@Injectable()
export class DailyBudgets {
  private readonly known = new Map<string, { people: Promise<number>; until: number }>();

  constructor(
    @InjectModel(DailyBudget.name) private readonly budgets: Model<DailyBudget>,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Takes in what a provider says; all processes keep to it within ten seconds. */
  async set(channel: Channel, people: number): Promise<void> {
    const { line } = limitsOf(channel, this.config);
    await this.budgets.updateOne({ _id: line }, { $set: { people, knownAt: this.clock.now() } }, { upsert: true });
    this.known.delete(line);
  }

  /** People that a message may bring the line to; those to the many leave room for the others. */
  async allowed(limits: LineLimits, isForMany: boolean): Promise<number> {
    if (limits.dailyPeople === 0) return 0;
    const people = Math.min(limits.dailyPeople, await this.of(limits.line));
    return isForMany ? Math.floor(people * (1 - limits.reserved)) : people;
  }

  private of(line: string): Promise<number> {
    const known = this.known.get(line);
    if (known && known.until > Date.now()) return known.people;
    const people = this.read(line);
    this.known.set(line, { people, until: Date.now() + FRESH });
    people.catch(() => this.known.delete(line));
    return people;
  }

  private async read(line: string): Promise<number> {
    const budget = await this.budgets.findById(line).lean();
    return budget?.people ?? Number.POSITIVE_INFINITY;
  }
}
