import { Clock, Config, Log, type Priced } from '@idxcoop/platform';
import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Message } from '../message/message.schema';
import { TEMPLATES } from '../template/catalogue';
import { DailyCost } from './daily-cost.schema';

export const ZONE = 'Asia/Jakarta';
const WRITE_EVERY = 1_000;
/** How old what is known of the day's cost may be: so much more may leave than the cap allows. */
const FRESH = 1_000;
/** What waited for the new day does not come all at once. */
const SPREAD = 15 * 60_000;

type Counted = Pick<Message, 'channel' | 'template'>;
type Sums = Pick<DailyCost, 'sent' | 'delivered' | 'failed' | 'rupiah' | 'committed'>;

/**
 * Counts what messages cost, by day, channel and template; and says when the day's money is spent. Counts are gathered for a second, so a
 * process that is killed loses that second of them: this is for steering, the bill is the provider's.
 */
@Injectable()
export class Costs implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  private gathered = new Map<string, { row: Omit<DailyCost, keyof Sums>; sums: Sums }>();
  private known: { day: string; until: number; committed: Promise<number> } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectModel(DailyCost.name) private readonly costs: Model<DailyCost>,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.write();
  }

  sent(message: Counted, at: Date): void {
    this.add(message, { sent: 1, committed: this.priceOf(message) }, dayOf(at));
  }

  delivered(message: Counted): void {
    this.add(message, { delivered: 1, rupiah: this.priceOf(message) }, dayOf(this.clock.now()));
  }

  /** It was sent, and did not arrive: the day on which it was sent has its money back. */
  failed(message: Counted, sentAt: Date): void {
    this.add(message, { failed: 1, committed: -this.priceOf(message) }, dayOf(sentAt));
  }

  /** How long what goes to many waits because the day's money is spent; null where there is some left, or no cap. */
  async holdOf({
    channel,
    lane,
  }: Pick<Message, 'channel' | 'lane'>): Promise<{ afterMs: number; code: string } | null> {
    const cap = this.config.whatsappDailyCostCap;
    if (cap === 0 || channel !== 'whatsapp' || lane !== 'bulk') return null;
    const now = DateTime.fromJSDate(this.clock.now(), { zone: ZONE });
    if ((await this.committedOn(now.toISODate() as string)) < cap) return null;
    const tomorrow = now.plus({ days: 1 }).startOf('day');
    return { afterMs: Math.round(tomorrow.diff(now).toMillis() + Math.random() * SPREAD), code: 'daily_cap' };
  }

  private async committedOn(day: string): Promise<number> {
    if (this.known?.day !== day || this.known.until < Date.now()) {
      const committed = this.read(day);
      this.known = { day, until: Date.now() + FRESH, committed };
      committed.catch(() => (this.known = undefined));
    }
    let own = 0;
    for (const { row, sums } of this.gathered.values()) if (row.day === day) own += sums.committed;
    return (await this.known.committed) + own;
  }

  private async read(day: string): Promise<number> {
    const rows = await this.costs.find({ day, channel: 'whatsapp' }, { committed: 1 }).lean();
    return rows.reduce((sum, { committed }) => sum + committed, 0);
  }

  /** Rupiah for one that arrives. */
  priceOf(message: Counted): number {
    const category = categoryOf(message);
    return category === 'email' ? 0 : this.config.whatsappPrices[category];
  }

  private add(message: Counted, more: Partial<Sums>, day: string): void {
    const { channel, template } = message;
    const _id = `${day}/${channel}/${template}`;
    const row = { _id, day, channel, category: categoryOf(message), template };
    const { sums } = this.gathered.get(_id) ?? { sums: { sent: 0, delivered: 0, failed: 0, rupiah: 0, committed: 0 } };
    for (const [name, value] of Object.entries(more)) sums[name as keyof Sums] += value;
    this.gathered.set(_id, { row, sums });
  }

  private async write(): Promise<void> {
    if (this.gathered.size === 0) return;
    const all = [...this.gathered.values()];
    this.gathered = new Map();
    try {
      await this.costs.bulkWrite(
        all.map(({ row: { _id, ...row }, sums }) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert: row, $inc: sums }, upsert: true },
        })),
      );
    } catch (error) {
      this.log.warn({ error: (error as Error).name }, 'what messages cost could not be written');
      for (const { row, sums } of all) this.add(row, sums, row.day);
    }
  }
}

function dayOf(at: Date): string {
  return DateTime.fromJSDate(at, { zone: ZONE }).toISODate() as string;
}

/** By what a provider charges. */
function categoryOf({ channel, template }: Counted): Priced | 'email' {
  if (channel === 'email') return 'email';
  return TEMPLATES[template].whatsapp.category.toLowerCase() as Priced;
}
