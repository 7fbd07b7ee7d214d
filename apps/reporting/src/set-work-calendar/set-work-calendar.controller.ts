import { event, WorkCalendarSetV1 } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import {
  type CalendarVersion,
  Clock,
  DECREES_OF_2020,
  fieldError,
  IdempotencyKeys,
  Idempotent,
  Mongo,
  newId,
  PageQuery,
  Public,
  refusal,
  Roles,
} from '@idxcoop/platform';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Answers } from '../answers/schema';
import { WORK_CALENDAR, WORK_CALENDARS } from '../answers/indicator';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { FIELD } from '../problems.templates';
import { pageAfter } from '../page/page-after';
import { dayIn } from '../progress/day';
import { NATIONAL_ZONE } from '../progress/zones';
import { calendarVersion, WorkCalendar } from '../work-calendar/work-calendar.schema';
import { SetWorkCalendarDto } from './set-work-calendar.dto';

@ApiTags('Work calendars')
@Controller('v1/work-calendars')
export class SetWorkCalendarController {
  constructor(
    @InjectModel(WorkCalendar.name) private readonly calendars: Model<WorkCalendar>,
    private readonly mongo: Mongo,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  /** Adds a version. Answers for what was known before it do not change. */
  @Post()
  @ApiBearerAuth()
  @Roles('ministry')
  @Idempotent({ location: () => '/v1/work-calendars' })
  @Answers(201, WORK_CALENDAR)
  set(@Body() input: SetWorkCalendarDto) {
    const { coversFrom, coversTo, daysOff, reason } = input;
    if (coversTo < coversFrom) throw refusal([fieldError('/coversTo', 'not_after_start', FIELD.not_after_start)]);
    const outside = daysOff.flatMap((day, index) =>
      coversFrom <= day && day <= coversTo ? [] : [fieldError(`/daysOff/${index}`, 'outside_span', FIELD.outside_span)],
    );
    if (outside.length > 0) throw refusal(outside);
    const knownAt = this.clock.now();
    const effectiveFrom = input.effectiveFrom ?? dayIn(NATIONAL_ZONE, knownAt);
    const version: WorkCalendar = {
      _id: newId(),
      effectiveFrom,
      knownAt,
      coversFrom,
      coversTo,
      daysOff: [...daysOff].sort(),
      reason,
    };
    return this.mongo.transaction(async (session) => {
      await this.calendars.create([version], { session });
      await this.outbox.add({ id: version._id, sequence: 0 }, calendarSet(version), session);
      const answer = { id: version._id, ...view(calendarVersion(version)), reason: reason ?? null };
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  @Get()
  @Public()
  @Answers(200, WORK_CALENDARS)
  async list(@Query() query: PageQuery) {
    const stored = (await this.calendars.find().lean()).map((row) => ({ id: row._id, ...calendarVersion(row) }));
    const decrees = DECREES_OF_2020.map((decree) => ({ id: '', ...decree }));
    const placeOf = ({ knownAt, effectiveFrom, id }: CalendarVersion & { id: string }) =>
      `${knownAt.toISOString()}/${effectiveFrom}/${id}`;
    const all = [...decrees, ...stored].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const { items, nextCursor } = pageAfter(all, query, placeOf);
    return { items: items.map(view), nextCursor };
  }
}

function view({ effectiveFrom, knownAt, coversFrom, coversTo, daysOff }: CalendarVersion) {
  return { effectiveFrom, knownAt: knownAt.toISOString(), coversFrom, coversTo, daysOff: [...daysOff] };
}

/** The days go along: who counts working days keeps its own copy. */
function calendarSet({ _id, effectiveFrom, knownAt, coversFrom, coversTo, daysOff, reason }: WorkCalendar) {
  return event(WorkCalendarSetV1, {
    calendarId: _id,
    coversFrom,
    coversTo,
    daysOff,
    effectiveOn: effectiveFrom,
    knownAt: knownAt.toISOString(),
    ...(reason !== undefined && { reason }),
  });
}
