import { event, RequirementDueSetV1, RequirementSatisfiedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import fc from 'fast-check';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { RemindOfRequirementConsumer } from './remind-of-requirement.consumer';

/** In Jakarta: what is planned then waits for the morning. */
const LATE_IN_THE_EVENING = '2021-06-24T14:00:00Z';
const CONSUMER = 'remind-of-requirement';

describe(RemindOfRequirementConsumer.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({
      config: { retryTiers: [100, 3_000, 3_000, 3_000], quietHours: '20:00-08:00' },
    });
  });
  afterAll(() => notifications.close());
  beforeEach(() => notifications.service.clock.set('2021-06-01T03:00:00Z'));
  afterEach(() => {
    notifications.service.clock.reset();
    notifications.onboarding.away = false;
  });

  /** A requirement of a cooperative with one contact who reads mail, and the facts that can be told of it. */
  function requirement(regionCode = '12.71.05.1003') {
    const about = { requirementId: newId(), cooperativeId: newId(), requirement: 'annual_meeting', regionCode };
    const { contactId, address } = notifications.contact('email');
    const contact = { contactId, personId: newId(), channel: 'email', language: 'id', consented: true };
    notifications.onboarding.verifiedContacts.set(about.cooperativeId, [contact]);
    const dated = { effectiveOn: '2021-06-01', knownAt: '2021-06-01T03:00:00.000Z' };
    return {
      ...about,
      contactId,
      address,
      dueOn: (dueOn: string) => event(RequirementDueSetV1, { ...about, ...dated, dueOn }),
      satisfied: () => event(RequirementSatisfiedV1, { ...about, ...dated }),
    };
  }
  const tell = async (fact: object, sequence: number, id = newId()) => {
    await notifications.publish(fact, id, sequence);
    await notifications.seen(CONSUMER, id);
    return id;
  };
  const courseOf = async (subject: string) =>
    (await notifications.collection('courses').findOne({ subject } as object)) as unknown as Record<string, unknown>;
  /** Also what is told to officials, of it and others together. */
  const messagesOf = (cooperativeId: string) => {
    const officials = notifications.onboarding.officers.map(({ officialId }) => officialId);
    return notifications.messages.find({ $or: [{ cooperativeId }, { recipientId: { $in: officials } }] }).toArray();
  };
  const causes = async (cooperativeId: string) =>
    (await messagesOf(cooperativeId)).map(({ cause, template }) => `${cause.split('/')[1]} ${template}`).sort();
  /** Moves the clock, and waits until that many messages were planned of a cooperative. */
  const at = async (instant: string, cooperativeId: string, count: number) => {
    notifications.service.clock.set(instant);
    await eventually(async () => expect(await messagesOf(cooperativeId)).toHaveLength(count));
  };

  it('reminds in time, then tells the office and the province, each once', async () => {
    const { cooperativeId, requirementId, dueOn } = requirement();
    const [officer, head] = [newId(), newId()];
    notifications.onboarding.officers.push(
      { officialId: officer, level: 'regency', channel: 'whatsapp', language: 'id' },
      { officialId: officer, level: 'regency', channel: 'email', language: 'id' },
      { officialId: head, level: 'province', channel: 'email', language: 'id' },
    );
    const cause = await tell(dueOn('2021-06-30'), 1);
    expect(await courseOf(requirementId)).toMatchObject({
      state: 'running',
      nextAt: new Date('2021-06-23T02:00:00Z'),
      timeZone: 'Asia/Jakarta',
    });
    const times = ['06-23', '06-27', '06-29', '06-30', '07-03', '07-07'].map((day) => `2021-${day}T02:00:00Z`);
    for (const [index, time] of times.entries()) await at(time, cooperativeId, index + 1);
    expect(await causes(cooperativeId)).toEqual([
      'D+0 requirement_reminder',
      'D+3 requirement_overdue',
      'D+7 requirement_escalated',
      'D-1 requirement_reminder',
      'D-3 requirement_reminder',
      'D-7 requirement_reminder',
    ]);
    const all = await messagesOf(cooperativeId);
    expect(all.every((message) => message.cause.startsWith(`${cause}/`))).toBe(true);
    expect(all.find(({ template }) => template === 'requirement_overdue')).toMatchObject({
      recipientKind: 'official',
      recipientId: officer,
      channel: 'whatsapp',
      alternatives: [{ recipientId: officer, channel: 'email' }],
      details: { requirement: 'annual_meeting', bundleId: expect.any(String) },
    });
    expect(all.find(({ template }) => template === 'requirement_escalated')?.recipientId).toBe(head);
    expect(notifications.onboarding.asked).toContain(
      '/internal/officials?role=officer&territory=12.71.05.1003&level=province',
    );
    const bearer = await notifications.service.token({ roles: ['operations'] });
    const log = await notifications.service.http.get(`/v1/messages?cause=${cause}`).auth(bearer, { type: 'bearer' });
    expect(log.body.items).toHaveLength(6);
    notifications.onboarding.officers.length = 0;
    expect(await courseOf(requirementId)).toMatchObject({ state: 'done' });
    expect((await courseOf(requirementId)).nextAt).toBeUndefined();
  });

  it('says how many days are left on the day when it is delivered', async () => {
    const { cooperativeId, address, dueOn } = requirement('91.71');
    notifications.service.clock.set('2021-06-25T05:00:00Z');
    await tell(dueOn('2021-06-30'), 1);
    await at('2021-06-25T05:00:00Z', cooperativeId, 1);
    await eventually(async () => expect(await messagesOf(cooperativeId)).toMatchObject([{ state: 'sent' }]), 15_000);
    const [mail] = notifications.providers.messages({ to: address });
    expect(mail?.text).toContain('paling lambat 30 Juni 2021 (5 hari lagi)');
  });

  it('keeps the hour of the region', async () => {
    const { requirementId, dueOn } = requirement('91.71');
    await tell(dueOn('2021-06-30'), 1);
    expect(await courseOf(requirementId)).toMatchObject({ nextAt: new Date('2021-06-23T00:00:00Z') });
  });

  it('follows a day that is moved, and what waited for the old one is not sent', async () => {
    const { cooperativeId, requirementId, contactId, dueOn } = requirement();
    notifications.onboarding.contacts.delete(contactId);
    await tell(dueOn('2021-06-30'), 1);
    notifications.onboarding.away = true;
    notifications.service.clock.set('2021-06-23T02:00:00Z');
    await eventually(async () => {
      const waiting = { cooperativeId, state: 'planned' } as object;
      expect(await notifications.collection('audiences').countDocuments(waiting)).toBe(1);
    });
    await tell(dueOn('2021-07-14'), 2);
    const stopped = { cooperativeId, state: 'stopped' } as object;
    expect(await notifications.collection('audiences').countDocuments(stopped)).toBe(1);
    notifications.onboarding.away = false;
    expect(await courseOf(requirementId)).toMatchObject({ nextAt: new Date('2021-07-07T02:00:00Z'), step: 0 });
    await at('2021-07-07T02:00:00Z', cooperativeId, 1);
    expect((await messagesOf(cooperativeId))[0]).toMatchObject({ details: { dueOn: '2021-07-14' } });
  });

  it('stops at once when it is satisfied, also what was planned and nobody has sent', async () => {
    const { cooperativeId, requirementId, address, dueOn, satisfied } = requirement();
    notifications.service.clock.set(LATE_IN_THE_EVENING);
    await tell(dueOn('2021-06-30'), 1);
    await at(LATE_IN_THE_EVENING, cooperativeId, 1);
    await tell(satisfied(), 2);
    const [message] = await messagesOf(cooperativeId);
    expect(message).toMatchObject({ state: 'suppressed', code: 'no_longer_needed' });
    // What is planned afterwards, on another channel of the same person, is not sent either.
    const again = { $set: { state: 'planned', dueAt: new Date() }, $unset: { failedAt: 1, failureCode: 1 } };
    notifications.service.clock.set('2021-06-25T02:00:00Z');
    await notifications.messages.updateOne({ _id: message?._id }, again);
    await eventually(async () => expect((await messagesOf(cooperativeId))[0]?.state).toBe('suppressed'));
    expect(notifications.providers.messages({ to: address })).toEqual([]);
    notifications.service.clock.set('2021-07-20T02:00:00Z');
    expect(await courseOf(requirementId)).toMatchObject({ state: 'stopped' });
    expect((await courseOf(requirementId)).nextAt).toBeUndefined();
    expect(await causes(cooperativeId)).toEqual(['D-7 requirement_reminder']);
  });

  it('is not asked again by a fact that comes late', async () => {
    const { requirementId, dueOn, satisfied } = requirement();
    await tell(satisfied(), 2);
    await tell(dueOn('2021-06-30'), 1);
    expect(await courseOf(requirementId)).toMatchObject({ state: 'stopped', sequence: 2 });
    await tell(dueOn('2022-06-30'), 3);
    expect(await courseOf(requirementId)).toMatchObject({ state: 'running', anchor: '2022-06-30' });
  });

  it('ends the same in whatever order the facts come', async () => {
    const day = fc.constantFrom('2021-06-30', '2021-07-14', '2021-12-31');
    const facts = fc.array(fc.option(day, { nil: 'satisfied' }), { minLength: 1, maxLength: 5 });
    const inAnyOrder = facts.chain((all) => {
      const numbered = all.map((fact, index) => ({ fact, sequence: index + 1 }));
      return fc.tuple(fc.constant(numbered), fc.shuffledSubarray(numbered, { minLength: numbered.length }));
    });
    await fc.assert(
      fc.asyncProperty(inAnyOrder, async ([told, arrived]) => {
        const { requirementId, dueOn, satisfied } = requirement();
        for (const { fact, sequence } of arrived)
          await tell(fact === 'satisfied' ? satisfied() : dueOn(fact), sequence);
        const last = told.at(-1);
        const course = await courseOf(requirementId);
        const running = { state: 'running', anchor: last?.fact };
        expect(course).toMatchObject(last?.fact === 'satisfied' ? { state: 'stopped' } : running);
        expect(course.nextAt === undefined).toBe(last?.fact === 'satisfied');
        expect(course.sequence).toBe(last?.sequence);
      }),
      { numRuns: 25 },
    );
  });

  it('changes nothing when the event is redelivered', async () => {
    const { cooperativeId, requirementId, dueOn } = requirement();
    const fact = dueOn('2021-06-30');
    const cause = await tell(fact, 1);
    await at('2021-06-23T02:00:00Z', cooperativeId, 1);
    const before = await courseOf(requirementId);
    await notifications.forgetInbox();
    await tell(fact, 1, cause);
    expect(await courseOf(requirementId)).toEqual(before);
    expect(await causes(cooperativeId)).toEqual(['D-7 requirement_reminder']);
  });

  it('leaves the event for later when it cannot be taken in', async () => {
    const { requirementId, dueOn } = requirement();
    const restore = await notifications.refuseWritesTo('courses');
    const cause = await notifications.publish(dueOn('2021-06-30'));
    await notifications.leftForLater(CONSUMER, cause);
    expect(await courseOf(requirementId)).toBeNull();
    await restore();
    await notifications.seen(CONSUMER, cause);
    expect(await courseOf(requirementId)).toMatchObject({ state: 'running' });
  });
});
