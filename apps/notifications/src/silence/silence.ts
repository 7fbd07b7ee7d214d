import { Clock, Config, Log } from '@idxcoop/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Message } from '../message/message.schema';
import { workflowOf } from '../workflow/workflows';
import { DigestDays } from './digest-days';
import { dayIn, morningOf, quietUntil, type QuietHours, readQuietHours } from './quiet-hours';

/** Who is disturbed, and by which clock they live. */
export interface Reader {
  personId: string;
  timeZone: string;
}

/** That a person is left alone for a while, and why. */
export interface Hold {
  afterMs: number;
  code: 'quiet_hours' | 'digest_a_day';
}

/** A morning is not one instant: what waited for it leaves within so much of it. */
const STAGGER = 5 * 60_000;
const STILL_ITS_HOUR = 3_600_000;
/** As far as anybody may wait for a day of their own. */
const LONGEST_WAIT_DAYS = 7;

/**
 * Leaves people alone at night, and gives them one digest a day. A code disturbs nobody who waits for it, an answer nobody
 * who just wrote, a test nobody who ordered it, and a digest nobody who ordered it for this hour.
 */
@Injectable()
export class Silence implements OnModuleInit {
  private readonly hours: QuietHours | null;

  constructor(
    private readonly config: Config,
    private readonly digestDays: DigestDays,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.hours = readQuietHours(config.quietHours);
  }

  onModuleInit(): void {
    if (this.config.isProduction && !this.hours)
      this.log.warn({}, 'QUIET_HOURS is off: people get messages at any hour of the night');
  }

  /** How long a message has to wait for its reader; null where it may go now. */
  async holdOf(message: Message, reader: Reader): Promise<Hold | null> {
    const now = this.clock.now();
    const night = mayWake(message, now) ? null : quietUntil(this.hours, reader.timeZone, now);
    if (night) return { code: 'quiet_hours', afterMs: staggered(message, night).getTime() - now.getTime() };
    return workflowOf(message.workflow)?.digest ? this.dayOf(message, reader, now) : null;
  }

  private async dayOf(message: Message, { personId, timeZone }: Reader, now: Date): Promise<Hold | null> {
    const mornings = new Map([[dayIn(timeZone, now), now]]);
    for (let days = 1; days <= LONGEST_WAIT_DAYS; days += 1) {
      const morning = morningOf(this.hours, timeZone, now, days);
      if (morning < message.expiresAt) mornings.set(dayIn(timeZone, now, days), morning);
    }
    const day = await this.digestDays.book(personId, message.cause, [...mornings.keys()], now);
    const morning = day ? mornings.get(day) : message.expiresAt;
    if (!morning || morning <= now) return null;
    return { code: 'digest_a_day', afterMs: staggered(message, morning).getTime() - now.getTime() };
  }
}

/** Whoever is asked by an import waits for nothing. */
function mayWake(message: Message, now: Date): boolean {
  const { category, lane, workflow } = message;
  return (
    (category === 'authentication' && lane !== 'bulk') ||
    workflow === 'answer' ||
    workflow === 'template_test' ||
    isAtItsHour(message, now)
  );
}

/** A digest that was held up long past the hour that it was ordered for waits for the morning like all others. */
function isAtItsHour({ workflow, expiresAt }: Message, now: Date): boolean {
  const { orderedFor, life = 0 } = workflowOf(workflow) ?? {};
  const orderedAt = expiresAt.getTime() - life;
  return orderedFor === true && now.getTime() < orderedAt + STILL_ITS_HOUR;
}

/** A while after a morning, the same at each look, and never so late that its use would be over. */
function staggered({ _id, expiresAt }: Message, morning: Date): Date {
  const share = Number.parseInt(_id.replaceAll('-', '').slice(-4), 16) / 0x10000;
  const room = Math.max(0, expiresAt.getTime() - morning.getTime()) / 2;
  return new Date(morning.getTime() + Math.floor(share * Math.min(STAGGER, room)));
}
