import { Clock, Jobs, Mongo, newId, Regions, type Wakeup } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Audiences } from '../audience/audiences';
import type { CauseDetails } from '../message/message.schema';
import { Messages } from '../message/messages';
import { dayIn, nextWeekday, timeOf } from '../workflow/timetable';
import { type WorkflowKey, workflowOf } from '../workflow/workflows';
import { Course, type CourseDocument } from './course.schema';

/** The queue of `AdvanceCourseJob`. */
export const COURSE_QUEUE = 'notifications-advance-course';

/** What is offered once is not offered again while it is among so many. */
const REMEMBERED = 500;
const GATHERED_AT_MOST = 100;

/** The subject of a process and the fact that speaks of it. */
export interface About {
  subject: string;
  sequence: number;
}

/** What starts a process. */
export interface Beginning {
  /** The event; causes of messages begin with it. */
  event: string;
  cooperativeId: string;
  regionCode: string;
  /** The day that the steps are counted from; by default today in the region. */
  anchor?: string;
  details?: CauseDetails;
}

/** Starts and stops long processes. Facts come in any order: only a newer one than the last changes anything. */
@Injectable()
export class Courses {
  constructor(
    @InjectModel(Course.name) private readonly courses: Model<Course>,
    private readonly audiences: Audiences,
    private readonly messages: Messages,
    private readonly regions: Regions,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Starts a process, or starts it anew where it is about another day; what waited of the old one is not sent. */
  async begin(workflow: WorkflowKey, about: About, beginning: Beginning, session: ClientSession): Promise<void> {
    const course = await this.newsFor(workflow, about, session);
    if (!course) return;
    if (course.state === 'stopped' || isAnother(course, beginning)) {
      await this.dropWaiting(course, session);
      this.start(course, beginning, session);
    }
    await course.save({ session });
  }

  /** Stops a process at once: what waits of it is not sent. */
  async stop(workflow: WorkflowKey, about: About, session: ClientSession): Promise<void> {
    const course = await this.newsFor(workflow, about, session);
    if (!course) return;
    await this.dropWaiting(course, session);
    course.set({ state: 'stopped', nextAt: undefined });
    await course.save({ session });
  }

  /** Adds an item to what its subject is told of at the end of the window; an item that it was told of before is no news. */
  async gather(
    workflow: WorkflowKey,
    subject: string,
    itemId: string,
    { event, cooperativeId, regionCode }: Beginning,
    session: ClientSession,
  ): Promise<void> {
    const course = await this.find(workflow, subject, session);
    const gathered = course.gathered ?? [];
    if (course.told?.includes(itemId) || gathered.some((item) => item.itemId === itemId)) return;
    course.set({ gathered: [...gathered, { itemId, event }].slice(-GATHERED_AT_MOST), cooperativeId, regionCode });
    if (course.state !== 'running') this.openWindow(course, session);
    await course.save({ session });
  }

  /** After a window: what was told is remembered, and what was too much waits for the next. */
  closeWindow(course: CourseDocument, told: readonly string[], session: ClientSession): void {
    const gathered = (course.gathered ?? []).filter(({ itemId }) => !told.includes(itemId));
    course.set({ gathered, told: [...(course.told ?? []), ...told].slice(-REMEMBERED) });
    if (gathered.length > 0) this.openWindow(course, session);
  }

  /** Wakes the job for the next step once that is committed. */
  wake(course: CourseDocument, session: ClientSession): void {
    const wakeup = courseWakeup(course);
    this.mongo.afterCommit(session, () => void this.jobs.wake(COURSE_QUEUE, { ...wakeup, at: course.nextAt }));
  }

  private openWindow(course: CourseDocument, session: ClientSession): void {
    const { gather } = workflowOf(course.workflow);
    const [first] = course.gathered ?? [];
    if (!gather || !first) return;
    const anchor = nextWeekday(gather.weekday, this.zoneOf(course.regionCode), this.clock.now());
    const { cooperativeId = '', regionCode = '' } = course;
    this.start(course, { event: first.event, cooperativeId, regionCode, anchor }, session);
  }

  private start(
    course: CourseDocument,
    { event, anchor, details = {}, ...where }: Beginning,
    session: ClientSession,
  ): void {
    const timeZone = this.zoneOf(where.regionCode);
    const now = this.clock.now();
    const days = { anchor: anchor ?? dayIn(timeZone, now), timeZone, startedAt: now };
    const [first] = workflowOf(course.workflow).steps ?? [];
    course.set({ ...where, ...days, details, run: event, state: 'running', step: 0 });
    course.set({ nextAt: first && timeOf(first, days) });
    this.wake(course, session);
  }

  /** The course of a subject, where a fact is newer than what it knows; the fact is remembered then. */
  private async newsFor(
    workflow: WorkflowKey,
    { subject, sequence }: About,
    session: ClientSession,
  ): Promise<CourseDocument | null> {
    const course = await this.find(workflow, subject, session);
    if (course.sequence >= sequence) return null;
    return course.set({ sequence });
  }

  private find(workflow: WorkflowKey, subject: string, session: ClientSession): Promise<CourseDocument> {
    const unknown = { _id: newId(), sequence: -1, state: 'stopped', details: {}, step: 0 };
    return this.courses.findOneAndUpdate(
      { workflow, subject },
      { $setOnInsert: unknown },
      { upsert: true, returnDocument: 'after', session },
    );
  }

  private async dropWaiting({ _id }: CourseDocument, session: ClientSession): Promise<void> {
    await this.audiences.stop(_id, session);
    await this.messages.endUnsent(_id, 'no_longer_needed', session);
  }

  private zoneOf(regionCode: string | undefined): string {
    return (regionCode && this.regions.find(regionCode)?.timeZone) || 'Asia/Jakarta';
  }
}

/** A beginning without a day of its own is another one once the last has run its course: what ended it may still be on its way. */
function isAnother(course: Course, { anchor }: Beginning): boolean {
  return anchor === undefined ? course.state === 'done' : course.anchor !== anchor;
}

/** The wake-up of a course's next look. */
export function courseWakeup({ _id, run, step }: Pick<Course, '_id' | 'run' | 'step'>): Wakeup<{ courseId: string }> {
  return { id: `${_id}-advance-${run}-${step}`, data: { courseId: _id } };
}
