import { WorkCalendarSetV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { KnownCalendar } from '../work-calendar/work-calendar.schema';

/** Keeps the versions of the work calendar; the job that watches reviews finds the deadlines that they move. */
@EventConsumer('keep-work-calendar')
export class KeepWorkCalendarConsumer {
  constructor(@InjectModel(KnownCalendar.name) private readonly calendars: Model<KnownCalendar>) {}

  @OnEvent(WorkCalendarSetV1)
  async on(event: WorkCalendarSetV1, { session }: EventContext): Promise<void> {
    const { calendarId: _id, effectiveOn: effectiveFrom, knownAt, coversFrom, coversTo, daysOff } = event;
    const version = { effectiveFrom, knownAt: new Date(knownAt), coversFrom, coversTo, daysOff };
    await this.calendars.updateOne({ _id }, { $setOnInsert: version }, { session, upsert: true });
  }
}
