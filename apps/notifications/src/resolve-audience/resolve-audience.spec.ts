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
    const consents = { service: true, announcements: true };
    const contacts = channels.map((channel) => ({ channel, language: 'id', ...notifications.contact(channel) }));
    notifications.onboarding.verifiedContacts.set(
      cooperativeId,
      contacts.map(({ contactId, channel, language }) => ({
        contactId,
        personId: newId(),
        channel,
        language,
        consented: true,
        consents,
      })),
    );
    return { cooperativeId, contacts, addresses: contacts.map(({ address }) => address) };
  }
  const audience = (cause: string) =>
    eventually(async () => {
      const found = await notifications.collection('audiences').findOne({ cause } as object);
      expect(found).toMatchObject({ state: 'resolved' });
      return found as unknown as { _id: string; recipients: number };
    }, 15_000);
  const all = async (cause: string) => notifications.messages.find({ cause }).toArray();

  it('writes to a person with two channels once, and knows the other', async () => {
    const { cooperativeId, contacts, addresses } = cooperativeWith('email', 'whatsapp');
    for (const item of notifications.onboarding.verifiedContacts.get(cooperativeId) ?? [])
      Object.assign(item, { personId: cooperativeId });
    const cause = await notifications.publish(event(CooperativeVerifiedV1, about(cooperativeId)));
    await notifications.reaches(cause, 'delivered');
    const [mail, phone] = contacts;
    expect(await all(cause)).toMatchObject([
      {
        recipientId: phone?.contactId,
        channel: 'whatsapp',
        alternatives: [{ recipientId: mail?.contactId, channel: 'email' }],
      },
    ]);
    const counts = addresses.map((to) => notifications.providers.messages({ to }).length);
    expect(counts).toEqual([0, 1]);
  });

  it('tells every person of a cooperative what was decided, in its own wording', async () => {
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

  it('plans nothing where the process was stopped while onboarding was asked', async () => {
    const { cooperativeId, addresses } = cooperativeWith('email');
    const stop = { $set: { state: 'stopped' }, $unset: { dueAt: 1 } } as object;
    notifications.onboarding.meanwhile = async () => {
      await notifications.collection('audiences').updateOne({ cooperativeId } as object, stop);
    };
    const cause = await notifications.publish(rejected(cooperativeId));
    await eventually(async () => {
      expect(notifications.onboarding.asked).toContain(
        `/internal/cooperatives/${cooperativeId}/contacts?verified=true`,
      );
    });
    notifications.onboarding.meanwhile = undefined;
    const other = cooperativeWith('email');
    await notifications.reaches(await notifications.publish(rejected(other.cooperativeId)), 'sent');
    expect(await all(cause)).toEqual([]);
    expect(notifications.providers.messages({ to: addresses[0] })).toEqual([]);
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
