import { Clock, Job, type JobHandler, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { Question } from '../audience/audience.schema';
import { Audiences } from '../audience/audiences';
import { Course, type CourseDocument } from '../course/course.schema';
import { COURSE_QUEUE, Courses, courseWakeup } from '../course/courses';
import type { CauseDetails } from '../message/message.schema';
import { lookAt } from '../workflow/timetable';
import { nameOf, type Step, type To } from '../workflow/workflow';
import { settingsOf, workflowOf } from '../workflow/workflows';

/** Takes the steps of long processes whose time has come: the audience of a step and the way to the next are one transaction. */
@Job({ queue: COURSE_QUEUE, concurrency: 10 })
export class AdvanceCourseJob implements JobHandler<{ courseId: string }> {
  constructor(
    @InjectModel(Course.name) private readonly courses: Model<Course>,
    private readonly running: Courses,
    private readonly audiences: Audiences,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  process({ courseId }: { courseId: string }): Promise<void> {
    const now = this.clock.now();
    return this.mongo.transaction(async (session) => {
      const due = { _id: courseId, state: 'running' as const, nextAt: { $lte: now } };
      const course = await this.courses.findOne(due).session(session);
      if (course) await this.advance(course, now, session);
    });
  }

  async due(now: Date, limit: number): Promise<Wakeup<{ courseId: string }>[]> {
    const due = await this.courses
      .find({ nextAt: { $lte: now } }, { run: 1, step: 1 })
      .limit(limit)
      .lean();
    return due.map(courseWakeup);
  }

  private async advance(course: CourseDocument, now: Date, session: ClientSession): Promise<void> {
    const { steps = [], life, gather } = workflowOf(course.workflow);
    const { anchor = '', timeZone = '', startedAt = now } = course;
    const { due, next } = lookAt(steps, course.step, { anchor, timeZone, startedAt }, life, now);
    const items = gather ? (course.gathered ?? []).slice(0, gather.atMost).map(({ itemId }) => itemId) : undefined;
    const step = due && steps[due.step];
    if (due && step) {
      const details = { ...course.details, ...(items && { itemIds: items }) };
      await this.audiences.plan(this.planOf(course, step, due.until, details), session);
    }
    if (next) course.set({ step: next.step, nextAt: next.at });
    else course.set({ state: 'done', step: steps.length, nextAt: undefined });
    if (next) this.running.wake(course, session);
    if (items && !next) this.running.closeWindow(course, due ? items : [], session);
    await course.save({ session });
  }

  private planOf(course: Course, step: Step, until: Date, details: CauseDetails) {
    const { run, _id, workflow, cooperativeId } = course;
    return {
      ...settingsOf(workflow, this.clock.now()),
      cause: `${run}/${nameOf(step)}`,
      template: step.template,
      question: questionOf(step.to, course),
      cooperativeId,
      details,
      course: _id,
      ...(step.together && { together: step.together }),
      expiresAt: until,
    };
  }
}

function questionOf(to: To, { cooperativeId = '', regionCode = '' }: Course): Question {
  if (to === 'cooperative') return { of: 'cooperative', id: cooperativeId };
  return { of: 'officials', id: to.officials, territory: regionCode, ...(to.level && { level: to.level }) };
}
