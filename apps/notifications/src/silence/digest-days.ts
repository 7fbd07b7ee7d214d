import { isDuplicate } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DigestDay } from './digest-day.schema';

const WEEK = 7 * 86_400_000;

/** Which digest a person gets on which day: one, whatever the channel and however many processes. */
@Injectable()
export class DigestDays {
  constructor(@InjectModel(DigestDay.name) private readonly days: Model<DigestDay>) {}

  /**
   * Books the first free of these days (`2026-11-24`) for a cause; undefined where none is free. Who has to wait has its day
   * for sure, so a daily digest does not keep a weekly one waiting for ever. The same cause on another channel has the same day.
   */
  async book(personId: string, cause: string, days: readonly string[], now: Date): Promise<string | undefined> {
    const forgetAt = new Date(now.getTime() + 2 * WEEK);
    for (const day of days) if (await this.isOurs(`${personId}/${day}`, cause, forgetAt)) return day;
    return undefined;
  }

  private async isOurs(_id: string, cause: string, forgetAt: Date): Promise<boolean> {
    try {
      await this.days.create({ _id, cause, forgetAt });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (await this.days.exists({ _id, cause })) !== null;
    }
  }
}
