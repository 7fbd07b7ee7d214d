import { event, RequirementDueSetV1, RequirementSatisfiedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { Bundles } from './bundles';

const OVERDUE = '2021-07-03T02:00:00Z';
const ESCALATED = '2021-07-07T02:00:00Z';
const TEMPLATE = 'requirement_overdue';
const ALL = ['12.71.05.1003', '12.71.05.1004', '12.07.26.2001'];

describe(Bundles.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  // The window is longer than any test: each test says when it is over.
  beforeAll(async () => {
    notifications = await startNotifications({
      config: { retryTiers: [100, 3_000, 3_000, 3_000], togetherWindow: 3_600_000 },
    });
  });
  afterAll(() => notifications.close());
  beforeEach(() => notifications.service.clock.set('2021-07-01T03:00:00Z'));
  afterEach(async () => {
    notifications.service.clock.reset();
    await notifications.collection('courses').deleteMany({});
    notifications.onboarding.officers.length = 0;
  });

  /** The one officer that there is, who reads mail. */
  function officer(level = 'regency') {
    const officialId = newId();
    const address = `${officialId}@dinas.example`;
    notifications.onboarding.officers.push({ officialId, level, channel: 'email', language: 'id' });
    notifications.onboarding.officials.set(officialId, { channel: 'email', address, language: 'id', name: 'Dinas' });
    return { officialId, address };
  }
  const tell = async (fact: object, sequence: number, id = newId()) => {
    await notifications.publish(fact, id, sequence);
    await notifications.seen('remind-of-requirement', id);
    return id;
  };
  /** Cooperatives that owe the same report since 30 June, one in each region. */
  const owing = (regions: readonly string[]) =>
    Promise.all(
      regions.map(async (regionCode) => {
        const about = { requirementId: newId(), cooperativeId: newId(), requirement: 'annual_meeting', regionCode };
        const dated = { effectiveOn: '2021-06-01', knownAt: '2021-06-01T03:00:00.000Z' };
        const cause = await tell(event(RequirementDueSetV1, { ...about, ...dated, dueOn: '2021-06-30' }), 1);
        const satisfy = () => tell(event(RequirementSatisfiedV1, { ...about, ...dated }), 2);
        return { ...about, cause, satisfy };
      }),
    );
  const audiencesOf = (cooperativeIds: string[], template = TEMPLATE) =>
    notifications.collection('audiences').find({ cooperativeId: { $in: cooperativeIds }, template } as object);
  /** Moves the clock to a morning and waits until all of them were asked for. */
  const morning = async (instant: string, all: readonly { cooperativeId: string }[], template = TEMPLATE) => {
    notifications.service.clock.set(instant);
    const ids = all.map(({ cooperativeId }) => cooperativeId);
    await eventually(async () => {
      const states = await audiencesOf(ids, template).toArray();
      expect(states.map((audience) => (audience as unknown as { state: string }).state)).toEqual(
        all.map(() => 'resolved'),
      );
    }, 15_000);
  };
  const messagesTo = (recipientId: string) => notifications.messages.find({ recipientId }).toArray();
  const windowEnds = async (recipientId: string, state: string) => {
    const dueAt = { $set: { dueAt: new Date() } };
    await notifications.service.mongo.connection
      .collection('messages')
      .updateMany({ recipientId, state: 'held' }, dueAt);
    await eventually(async () => {
      expect((await messagesTo(recipientId)).map((message) => message.state)).toContain(state);
    }, 15_000);
  };
  const mailsTo = (to: string) => notifications.providers.messages({ to });

  it('tells an office of all its cooperatives in one message, by region', async () => {
    const { officialId, address } = officer();
    const all = await owing(ALL);
    await morning(OVERDUE, all);
    expect(await messagesTo(officialId)).toMatchObject([
      {
        state: 'held',
        code: 'together',
        template: TEMPLATE,
        history: [{}, { until: new Date('2021-07-03T03:00:00Z') }],
      },
    ]);
    await windowEnds(officialId, 'sent');
    const mails = mailsTo(address);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe('Lewat batas waktu: 3 koperasi, laporan Rapat Anggota Tahunan (RAT)');
    expect(mails[0]?.text).toContain('2 di Kota Medan, 1 di Kabupaten Deli Serdang');
    expect(mails[0]?.text).toContain('Batas waktu paling awal adalah 30 Juni 2021');
    const [message] = await messagesTo(officialId);
    const bearer = await notifications.service.token({ roles: ['operations'] });
    for (const { cause, cooperativeId } of all)
      for (const query of [{ cause }, { cooperativeId }]) {
        const log = await notifications.service.http
          .get('/v1/messages')
          .query({ ...query, template: TEMPLATE })
          .auth(bearer, { type: 'bearer' });
        expect(log.body.items).toMatchObject([{ id: message?._id }]);
      }
  });

  it('counts out what is satisfied before the window is over, and sends nothing where nothing is left', async () => {
    const { officialId, address } = officer();
    const all = await owing(ALL);
    await morning(OVERDUE, all);
    await all[0]?.satisfy();
    await windowEnds(officialId, 'sent');
    expect(mailsTo(address)[0]?.text).toContain('1 di Kabupaten Deli Serdang, 1 di Kota Medan');
    notifications.onboarding.officers.length = 0;
    const other = officer();
    const one = await owing(ALL.slice(0, 1));
    await morning(OVERDUE, one);
    await one[0]?.satisfy();
    await windowEnds(other.officialId, 'suppressed');
    expect(await messagesTo(other.officialId)).toMatchObject([{ code: 'no_longer_needed' }]);
    expect(mailsTo(other.address)).toEqual([]);
  });

  it('tells of what comes after its message on the next morning', async () => {
    const { officialId } = officer();
    await morning(OVERDUE, await owing(ALL.slice(0, 1)));
    await windowEnds(officialId, 'sent');
    await morning(OVERDUE, await owing(ALL.slice(0, 2)));
    const [, later, ...others] = await messagesTo(officialId);
    expect(others).toEqual([]);
    expect(later).toMatchObject({ history: [{}, { until: new Date('2021-07-04T03:00:00Z') }] });
  });

  it('tells the province as well', async () => {
    const { officialId, address } = officer('province');
    notifications.service.clock.set('2021-07-04T03:00:00Z');
    const all = await owing(ALL);
    await morning(ESCALATED, all, 'requirement_escalated');
    await windowEnds(officialId, 'sent');
    expect(mailsTo(address).map(({ subject }) => subject)).toEqual([
      'Perlu tindak lanjut: 3 koperasi, laporan Rapat Anggota Tahunan (RAT)',
    ]);
  });

  it('changes nothing when recipients are asked for again, before and after it was sent', async () => {
    const { officialId, address } = officer();
    const all = await owing(ALL);
    await morning(OVERDUE, all);
    const again = async () => {
      const ids = all.map(({ cooperativeId }) => cooperativeId);
      const audiences = await audiencesOf(ids).toArray();
      const filter = { _id: { $in: audiences.map(({ _id }) => _id) } };
      await notifications
        .collection('audiences')
        .updateMany(filter, { $set: { state: 'planned', dueAt: new Date() } } as object);
      await morning(OVERDUE, all);
    };
    const bundles = () =>
      notifications
        .collection('bundles')
        .find({ recipientId: officialId } as object)
        .toArray();
    const before = await bundles();
    await again();
    expect(await bundles()).toEqual(before);
    await windowEnds(officialId, 'sent');
    await again();
    expect(await bundles()).toHaveLength(1);
    expect(await messagesTo(officialId)).toHaveLength(1);
    expect(mailsTo(address)).toHaveLength(1);
  });
});
