import { Outbox } from '@idxcoop/messaging';
import { Clock, Job, type JobHandler, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { officeAbove } from '../review/office';
import { ReviewCase, type ReviewCaseDocument } from '../review/review-case.schema';
import { ReviewDesk } from '../review/review-desk';
import { reviewEscalated, reviewRescheduled } from '../review/review-facts';
import { WorkCalendars } from '../work-calendar/work-calendars';

/**
 * What happens to open cases by itself, all of it found in MongoDB: a new calendar moves deadlines, a missed deadline gives the
 * case to the next office, and where nobody has it, or who has it goes on leave, somebody else is looked for. Each is asked again
 * inside its transaction, so a doubled wake-up does nothing.
 */
@Job({ queue: 'onboarding-watch-reviews', concurrency: 4 })
export class WatchReviewsJob implements JobHandler<{ caseId: string }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly desk: ReviewDesk,
    private readonly calendars: WorkCalendars,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  process({ caseId }: { caseId: string }): Promise<void> {
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const found = await this.cases.findOne({ _id: caseId, state: 'open' }).session(session);
      if (!found) return;
      await this.reschedule(found, at, session);
      await this.escalate(found, at, session);
      if (found.seekAt && found.seekAt <= at) {
        const reason = found.assignedTo ? 'leave' : 'nobody_was_there';
        await this.desk.assign(found, { at, by: 'system', reason }, session);
      }
      await found.save({ session });
    });
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ caseId: string }>[]> {
    const { mark } = await this.calendars.at(now);
    const open = { state: 'open' as const };
    const late = { ...open, dueAt: { $lte: now }, 'office.level': { $ne: 'ministry' } };
    const found = await Promise.all(
      [late, { ...open, seekAt: { $lte: now } }, { ...open, pausedAt: null, calendar: { $ne: mark } }].map((filter) =>
        this.cases
          .find(filter as object, { _id: 1 })
          .limit(limit)
          .lean<Pick<ReviewCase, '_id'>[]>(),
      ),
    );
    const ids = new Set(found.flat().map(({ _id }) => _id));
    return [...ids].slice(0, limit).map((caseId) => ({ id: `${caseId}-watch`, data: { caseId } }));
  }

  private async reschedule(found: ReviewCaseDocument, at: Date, session: ClientSession): Promise<void> {
    const before = found.calendar;
    const time = await this.desk.timeOf(found, found.office, at, session);
    const previous = found.calendar === before ? null : found.reschedule(at, time);
    if (!previous) return;
    const deed = { at, by: 'system', reason: 'work_calendar' };
    await this.outbox.add(found, reviewRescheduled(found, previous, deed), session);
  }

  private async escalate(found: ReviewCaseDocument, at: Date, session: ClientSession): Promise<void> {
    const next = officeAbove(found.office);
    if (!next) return;
    const time = await this.desk.timeOf(found, next, at, session);
    if (!found.escalate(next, this.desk.termOf(next, at), at, time)) return;
    const deed = { at, by: 'system', reason: 'deadline_missed' };
    await this.desk.assign(found, deed, session);
    const last = found.escalations.at(-1);
    if (last) await this.outbox.add(found, reviewEscalated(found, last, deed), session);
  }
}
