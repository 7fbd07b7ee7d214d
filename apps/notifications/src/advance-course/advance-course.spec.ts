import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { Courses } from '../course/courses';
import { AdvanceCourseJob } from './advance-course.job';

describe(AdvanceCourseJob.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let job: AdvanceCourseJob;

  // Without the roles `jobs` and `schedules`: the test alone says when a worker looks.
  beforeAll(async () => {
    notifications = await startNotifications({ roles: ['api', 'events'] });
    job = notifications.service.get(AdvanceCourseJob);
  });
  afterAll(() => notifications.close());
  beforeEach(() => notifications.service.clock.set('2021-06-01T03:00:00Z'));
  afterEach(() => notifications.service.clock.reset());

  async function begin() {
    const [subject, event, cooperativeId] = [newId(), newId(), newId()];
    const beginning = { event, cooperativeId, regionCode: '12.71', anchor: '2021-06-30' };
    await notifications.service.mongo.transaction((session) =>
      notifications.service
        .get(Courses)
        .begin('requirement_reminders', { subject, sequence: 1 }, { ...beginning, details: {} }, session),
    );
    const course = await notifications.collection('courses').findOne({ subject } as object);
    const steps = async () => {
      const planned = await notifications
        .collection('audiences')
        .find({ cooperativeId } as object)
        .toArray();
      return planned.map((audience) => (audience as unknown as { cause: string }).cause.replace(event, '')).sort();
    };
    return { courseId: course?._id as string, steps };
  }
  const dueIds = async (instant: string) => (await job.due(new Date(instant), 100)).map(({ data }) => data.courseId);

  it('takes a step once, however many workers are woken for it', async () => {
    const { courseId, steps } = await begin();
    notifications.service.clock.set('2021-06-23T02:00:00Z');
    await Promise.all(Array.from({ length: 8 }, () => job.process({ courseId })));
    expect(await steps()).toEqual(['/D-7']);
  });

  it('takes nothing before its time, and is found by the timer when it has come', async () => {
    const { courseId, steps } = await begin();
    notifications.service.clock.set('2021-06-23T01:59:59Z');
    await job.process({ courseId });
    expect(await steps()).toEqual([]);
    expect(await dueIds('2021-06-23T01:59:59Z')).not.toContain(courseId);
    expect(await dueIds('2021-06-23T02:00:00Z')).toContain(courseId);
  });

  it('takes only the latest of what a long absence missed, and goes on from there', async () => {
    const { courseId, steps } = await begin();
    notifications.service.clock.set('2021-06-28T03:00:00Z');
    await job.process({ courseId });
    expect(await steps()).toEqual(['/D-3']);
    expect(await dueIds('2021-06-29T02:00:00Z')).toContain(courseId);
    notifications.service.clock.set('2021-07-03T02:00:00Z');
    await job.process({ courseId });
    expect(await steps()).toEqual(['/D+3', '/D-3']);
  });

  it('ends, and is not looked at again', async () => {
    const { courseId, steps } = await begin();
    notifications.service.clock.set('2022-01-01T02:00:00Z');
    await job.process({ courseId });
    expect(await steps()).toEqual([]);
    expect(await notifications.collection('courses').findOne({ _id: courseId })).toMatchObject({ state: 'done' });
    expect(await dueIds('2023-01-01T02:00:00Z')).not.toContain(courseId);
  });
});
