import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { Limits } from '../limit/limits';
import { RunCampaignJob } from '../run-campaign/run-campaign.job';
import { Suppressions } from '../suppression/suppressions';
import { ManageCampaignsController } from './manage-campaigns.controller';
import type { CampaignView } from './manage-campaigns.dto';

const TEXTS = {
  id: { headline: 'Pelatihan daring', text: 'Ikuti pelatihan pembukuan digital hari Sabtu pukul 09.00 WIB.' },
  en: { headline: 'Online training', text: 'Join the training on digital bookkeeping on Saturday at 09:00 WIB.' },
};

describe(ManageCampaignsController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let ministry: string;

  beforeAll(async () => {
    const whatsappPrices = { marketing: 500, utility: 300, authentication: 300, service: 0 };
    notifications = await startNotifications({ config: { whatsappPrices } });
    ministry = await notifications.service.token({ roles: ['ministry'] });
  });
  afterAll(() => notifications.close());

  /** People whom onboarding knows, on the channels given. */
  const people = (...channels: ('email' | 'whatsapp')[][]) =>
    channels.map((own) => {
      const contacts = own.map((channel) => ({ channel, ...notifications.contact(channel) }));
      const person = {
        personId: newId(),
        cooperativeId: newId(),
        language: 'id',
        contacts: contacts.map(({ contactId, channel, address }) => ({
          ...{ contactId, channel },
          addressHash: notifications.service.get(Suppressions).hashOf(address),
        })),
      };
      notifications.onboarding.reachablePeople.push(person);
      return contacts;
    });
  afterEach(() => notifications.onboarding.reachablePeople.splice(0));

  const post = (path: string, body: object = {}) =>
    notifications.service.http.post(path).auth(ministry, { type: 'bearer' }).send(body);
  const body = (fields: object = {}) => ({
    name: 'Pelatihan November',
    template: 'announcement',
    texts: TEXTS,
    audience: {},
    ...fields,
  });
  const show = async (id: string): Promise<CampaignView> =>
    (await notifications.service.http.get(`/v1/campaigns/${id}`).auth(ministry, { type: 'bearer' }).expect(200)).body;
  const reaches = (id: string, state: string): Promise<CampaignView> =>
    eventually(async () => {
      const campaign = await show(id);
      if (campaign.state !== state) throw new Error(`the campaign is ${campaign.state}, not ${state}`);
      return campaign;
    }, 20_000);
  async function ready(fields: object = {}): Promise<CampaignView> {
    const { body: created } = await post('/v1/campaigns', body(fields)).expect(201);
    return reaches(created.id as string, 'ready');
  }

  it('counts its people before anything is sent, each on the first channel that fits', async () => {
    people(['whatsapp', 'email'], ['email'], ['whatsapp']);
    const { id, preview, progress } = await ready();
    expect(preview).toMatchObject({ people: 3, byChannel: { whatsapp: 2, email: 1 }, isComplete: true });
    expect(progress).toMatchObject({ planned: 0, of: 3, byState: {} });
    expect(await notifications.messages.countDocuments({ cause: id })).toBe(0);
  });

  it('counts and plans nobody who has stopped announcements, and each where they have not', async () => {
    const [first, second, third] = people(['whatsapp', 'email'], ['email'], ['email']);
    const suppressions = notifications.service.get(Suppressions);
    await suppressions.add([suppressions.hashOf(first?.[0]?.address ?? '')], 'notices', 'stop_word');
    await suppressions.add([second?.[0]?.contactId ?? ''], 'announcements', 'unsubscribed');
    const { id, preview } = await ready();
    expect(preview).toMatchObject({ people: 2, byChannel: { email: 2 } });
    await post(`/v1/campaigns/${id}/start`).expect(200);
    expect((await reaches(id, 'completed')).progress).toMatchObject({ planned: 2, of: 2, byState: { sent: 2 } });
    expect(notifications.providers.messages({ to: third?.[0]?.address })).toHaveLength(1);
  });

  it('says what it costs, and how many days the budget of people allows it in', async () => {
    people(...Array.from({ length: 9 }, () => ['whatsapp' as const]), ['email']);
    const limits = notifications.service.get(Limits);
    await limits.setDailyPeople('whatsapp', 5);
    const { preview } = await ready();
    // A fifth of the five is not for the many.
    expect(preview).toMatchObject({ people: 10, costRupiah: 4_500, days: 3 });
    await limits.setDailyPeople('whatsapp', 1_000_000);
  });

  it('writes to each person once, in their language, and ends when all are told', async () => {
    const [both, mail] = people(['whatsapp', 'email'], ['email']);
    const { id } = await ready();
    await post(`/v1/campaigns/${id}/start`).expect(200);
    const { progress } = await reaches(id, 'completed');
    expect(progress).toMatchObject({ planned: 2, of: 2, byState: { delivered: 1, sent: 1 } });
    const to = (address = '') => notifications.providers.messages({ to: address });
    expect(to(both?.[0]?.address)).toHaveLength(1);
    expect(to(both?.[1]?.address)).toEqual([]);
    expect(to(mail?.[0]?.address)).toEqual([
      expect.objectContaining({ template: 'announcement', text: expect.stringContaining(TEXTS.id.text) }),
    ]);
  });

  it('tells whoever speaks for several cooperatives once', async () => {
    const first = notifications.contact('whatsapp');
    const second = notifications.contact('whatsapp', { address: first.address });
    for (const { contactId } of [first, second]) {
      const contacts = [{ contactId, channel: 'whatsapp' }];
      notifications.onboarding.reachablePeople.push({
        personId: newId(),
        cooperativeId: newId(),
        language: 'id',
        contacts,
      });
    }
    const { id } = await ready();
    await post(`/v1/campaigns/${id}/start`).expect(200);
    const { progress } = await reaches(id, 'completed');
    expect(progress).toMatchObject({ byState: { delivered: 1, suppressed: 1 }, byReason: { already_told: 1 } });
    expect(notifications.providers.messages({ to: first.address })).toHaveLength(1);
  });

  it('plans nobody of a page that is turned while it is paused', async () => {
    people(['email']);
    const { id } = await ready();
    notifications.onboarding.meanwhile = async () => {
      await notifications
        .collection('campaigns')
        .updateOne({ _id: id }, { $set: { state: 'paused' }, $inc: { version: 1 } });
    };
    await post(`/v1/campaigns/${id}/start`).expect(200);
    await reaches(id, 'paused');
    notifications.onboarding.meanwhile = undefined;
    await notifications.service.get(RunCampaignJob).process({ campaignId: id });
    expect(await notifications.messages.countDocuments({ cause: id })).toBe(0);
    expect((await show(id)).progress.planned).toBe(0);
  });

  it('goes on page by page, and asks onboarding for those who are meant', async () => {
    people(...Array.from({ length: 450 }, () => ['email' as const]));
    const { preview } = await ready({ audience: { regions: ['12', '32.73'], registrations: ['verified'] } });
    expect(preview.people).toBe(450);
    const asked = notifications.onboarding.asked.filter((path) => path.includes('reachable-people')).slice(-3);
    for (const path of asked) expect(path).toContain('regions=12%2C32.73&registrations=verified');
    expect(asked.map((path) => path.includes('cursor='))).toEqual([false, true, true]);
  });

  it('lets nothing leave while it is paused, goes on when it is started again, and never starts what was cancelled', async () => {
    const [[contact] = []] = people(['email']);
    const { id } = await ready();
    notifications.onboarding.away = true;
    await post(`/v1/campaigns/${id}/start`).expect(200);
    await post(`/v1/campaigns/${id}/pause`).expect(200);
    notifications.onboarding.away = false;
    await post(`/v1/campaigns/${id}/pause`).expect(200);
    expect((await show(id)).state).toBe('paused');
    expect(notifications.providers.messages({ to: contact?.address })).toEqual([]);
    await post(`/v1/campaigns/${id}/start`).expect(200);
    await reaches(id, 'completed');
    expect(notifications.providers.messages({ to: contact?.address })).toHaveLength(1);
    expect((await post(`/v1/campaigns/${id}/cancel`).expect(409)).body).toMatchObject({ code: 'wrong_state' });
  });

  it('suppresses what is left of a cancelled one, with the reason', async () => {
    const [[contact] = []] = people(['email']);
    const { id } = await ready();
    const lines = notifications.collection('stopped_lines');
    await lines.insertOne({ _id: 'email', until: new Date(Date.now() + 60_000), code: 'test' } as { _id: string });
    await post(`/v1/campaigns/${id}/start`).expect(200);
    await notifications.reaches(id, 'held');
    await post(`/v1/campaigns/${id}/cancel`).expect(200);
    expect((await notifications.reaches(id, 'suppressed')).code).toBe('campaign_cancelled');
    await lines.deleteMany({});
    expect(notifications.providers.messages({ to: contact?.address })).toEqual([]);
  });

  it.each([
    ['an empty text', { texts: { id: { headline: 'Pelatihan', text: '' } } }, '/texts/id/text'],
    [
      'a text of two lines',
      { texts: { id: { headline: 'Pelatihan', text: 'satu baris\ndua baris' } } },
      '/texts/id/text',
    ],
    ['no Indonesian', { texts: { en: TEXTS.en } }, '/texts/id'],
    ['a region that is none', { audience: { regions: ['1'] } }, '/audience/regions'],
    ['another template', { template: 'welcome' }, '/template'],
  ])('refuses %s', async (_what, fields, pointer) => {
    const answer = await post('/v1/campaigns', body(fields)).expect(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer }));
  });

  it('is for the ministry alone', async () => {
    const officer = await notifications.service.token({ roles: ['officer'] });
    await notifications.service.http.post('/v1/campaigns').auth(officer, { type: 'bearer' }).send(body()).expect(403);
    await notifications.service.http.get('/v1/campaigns').expect(401);
  });

  it('creates one campaign however often the same request comes', async () => {
    const key = newId();
    const send = () => post('/v1/campaigns', body()).set('Idempotency-Key', key).expect(201);
    const [first, second] = [await send(), await send()];
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers.location).toBe(`/v1/campaigns/${first.body.id}`);
  });
});
