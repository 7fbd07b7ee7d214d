import { CooperativeRejectedV1, CooperativeVerifiedV1, event, MilestoneReachedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { ResolveAudienceJob } from './resolve-audience.job';

const DAY = 86_400_000;
const now = () => new Date().toISOString();
const day = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);

describe(ResolveAudienceJob.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());
  afterEach(() => {
    notifications.onboarding.away = false;
  });

  const about = (cooperativeId: string) => ({
    cooperativeId,
    type: 'savings_loan' as const,
    form: 'primary' as const,
    regionCode: '12.71.05.1003',
    effectiveOn: now(),
    knownAt: now(),
  });
  const rejected = (cooperativeId: string) =>
    event(CooperativeRejectedV1, { ...about(cooperativeId), reasonCodes: ['incomplete'] });
  const milestone = (reachedOn: string) =>
    event(MilestoneReachedV1, {
      targetKey: 'idxcoop-2020',
      planVersion: 1,
      percent: 50,
      reachedOn,
      actual: 310,
      effectiveOn: reachedOn,
      knownAt: now(),
    });

  function cooperativeWith(...channels: ('email' | 'whatsapp')[]) {
    const cooperativeId = newId();
    const contacts = channels.map((channel) => ({ channel, language: 'id', ...notifications.contact(channel) }));
    notifications.onboarding.verifiedContacts.set(
      cooperativeId,
      contacts.map(({ contactId, channel, language }) => ({ contactId, channel, language })),
    );
    return { cooperativeId, addresses: contacts.map(({ address }) => address) };
  }
  const audience = (cause: string) =>
    eventually(async () => {
      const found = await notifications.collection('audiences').findOne({ cause } as object);
      expect(found).toMatchObject({ state: 'resolved' });
      return found as unknown as { _id: string; recipients: number };
    }, 15_000);
  const all = async (cause: string) => notifications.messages.find({ cause }).toArray();

  it('tells every verified contact of a cooperative what was decided, in its own wording', async () => {
    const { cooperativeId, addresses } = cooperativeWith('email', 'whatsapp');
    const approval = await notifications.publish(event(CooperativeVerifiedV1, about(cooperativeId)));
    await eventually(async () => {
      expect((await all(approval)).map(({ state }) => state).sort()).toEqual(['delivered', 'sent']);
    });
    const rejection = await notifications.publish(rejected(cooperativeId));
    await eventually(async () => {
      expect((await all(rejection)).map(({ state }) => state).sort()).toEqual(['delivered', 'sent']);
    });
    const [toMail, toPhone] = addresses.map((to) => notifications.providers.messages({ to }));
    expect(toMail?.map(({ template }) => template)).toEqual(['approval', 'rejection']);
    expect(toPhone?.map(({ template }) => template)).toEqual(['idxcoop_approval', 'idxcoop_rejection']);
    expect(toMail?.[1]?.text).toContain('Pendaftaran belum lengkap');
    expect(toMail?.[0]?.text).toMatch(/https:\/\/idxcoop\.example\/v1\/preferences\/\S+/);
    expect((await all(approval)).every((message) => message.cooperativeId === cooperativeId)).toBe(true);
  });

  it('plans nothing twice when the event is redelivered or the job runs again', async () => {
    const { cooperativeId, addresses } = cooperativeWith('email');
    const fact = rejected(cooperativeId);
    const cause = await notifications.publish(fact);
    const { _id } = await audience(cause);
    await notifications.reaches(cause, 'sent');
    await notifications.collection('inbox').deleteMany({});
    await notifications.publish(fact, cause);
    await notifications.seen('announce-decision', cause);
    await notifications.collection('audiences').updateOne({ _id }, { $set: { state: 'planned', dueAt: new Date() } });
    await audience(cause);
    expect(await notifications.messages.countDocuments({ cause })).toBe(1);
    expect(notifications.providers.messages({ to: addresses[0] })).toHaveLength(1);
  });

  it('asks again when onboarding was away', async () => {
    const { cooperativeId } = cooperativeWith('email');
    notifications.onboarding.away = true;
    const cause = await notifications.publish(rejected(cooperativeId));
    await eventually(async () => {
      const found = await notifications.collection('audiences').findOne({ cause } as object);
      expect(found).toMatchObject({ state: 'planned', attempt: 1 });
    });
    notifications.onboarding.away = false;
    await notifications.reaches(cause, 'sent');
  });

  it('ends with nobody where nobody is verified', async () => {
    const cause = await notifications.publish(rejected(newId()));
    expect((await audience(cause)).recipients).toBe(0);
    expect(await all(cause)).toEqual([]);
  });

  it('tells programme leads of a milestone, in figures as they write them', async () => {
    const officialId = newId();
    const address = `${officialId}@kemenkop.example`;
    notifications.onboarding.programmeLeads = [{ officialId, office: 'Deputi', channel: 'email', language: 'id' }];
    notifications.onboarding.officials.set(officialId, { channel: 'email', address, language: 'id', name: 'Deputi' });
    const cause = await notifications.publish(milestone(day(1)));
    await notifications.reaches(cause, 'sent');
    const [mail] = notifications.providers.messages({ to: address });
    expect(mail?.subject).toBe('50 % dari sasaran idxcoop-2020 tercapai');
    expect(mail?.text).toContain('/v1/preferences/');
  });

  it('tells nobody of a milestone that late data places more than a week ago', async () => {
    const cause = await notifications.publish(milestone(day(9)));
    await notifications.seen('announce-milestone', cause);
    expect(await notifications.collection('audiences').countDocuments({ cause } as object)).toBe(0);
  });
});
