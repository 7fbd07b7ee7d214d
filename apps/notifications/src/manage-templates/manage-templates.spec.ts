import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { TEMPLATE_KEYS } from '../message/message.schema';
import { TemplateStates } from '../template/template-states';
import { ManageTemplatesController } from './manage-templates.controller';
import type { TemplateListView, TemplatePreviewView } from './manage-templates.dto';

describe(ManageTemplatesController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let operations: string;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { quietHours: '00:00-23:59' } });
    operations = await notifications.service.token({ roles: ['operations'] });
  });
  afterAll(() => notifications.close());

  const post = (path: string, body: object, bearer = operations) =>
    notifications.service.http.post(`/v1/templates/${path}`).auth(bearer, { type: 'bearer' }).send(body);
  async function preview(key: string, body: object): Promise<TemplatePreviewView> {
    return (await post(`${key}/preview`, body).expect(200)).body;
  }
  const list = async (): Promise<TemplateListView> =>
    (await notifications.service.http.get('/v1/templates').auth(operations, { type: 'bearer' }).expect(200)).body;

  it('lists every template with its languages, parameters and approval', async () => {
    await notifications.service
      .get(TemplateStates)
      .apply({ name: 'idxcoop_welcome', language: 'en', event: 'PAUSED', reason: 'LOW_QUALITY', at: new Date() });
    const { items } = await list();
    expect(items.map(({ key }) => key)).toEqual([...TEMPLATE_KEYS]);
    const welcome = items.find(({ key }) => key === 'welcome');
    expect(welcome).toMatchObject({ languages: ['id', 'en'], channels: ['email', 'whatsapp'] });
    expect(welcome?.whatsapp).toMatchObject({
      name: 'idxcoop_welcome',
      category: 'UTILITY',
      parameters: ['name', 'cooperativeName', 'statusUrl'],
      languages: [
        { language: 'id', state: 'UNKNOWN', isUsable: true, wording: expect.stringContaining('{{3}}') },
        { language: 'en', state: 'PAUSED', isUsable: false, reason: 'LOW_QUALITY' },
      ],
    });
    expect(items.find(({ key }) => key === 'help')?.channels).toEqual(['whatsapp']);
  });

  it('shows how a message reads, with samples and with words of one’s own', async () => {
    const { email, whatsapp } = await preview('welcome', {
      language: 'id',
      variables: { cooperativeName: 'KUD <Makmur>' },
    });
    expect(email?.subject).toBe('Selamat datang di IDXCOOP, KUD <Makmur>');
    expect(email?.text).toContain('Halo Siti Rahma,');
    expect(email?.html).toContain('kontak KUD &lt;Makmur&gt; sudah');
    expect(whatsapp).toMatchObject({
      name: 'idxcoop_welcome',
      body: expect.stringContaining('kontak KUD <Makmur> di'),
    });
    const odd = { language: 'id', variables: { constructor: 'x' } };
    expect((await preview('welcome', odd)).email?.subject).toBe('Selamat datang di IDXCOOP, Koperasi Maju Bersama');
    expect(await preview('help', { language: 'en' })).toMatchObject({ email: null, whatsapp: { name: null } });
    expect(await preview('verification', { language: 'en' })).toMatchObject({ whatsapp: { body: null } });
  });

  it.each([
    ['a language that there is not', { language: 'jv' }, '/language'],
    ['a name that the template does not use', { language: 'id', variables: { code: '1' } }, '/variables/code'],
    ['no text', { language: 'id', variables: { name: 7 } }, '/variables/name'],
    ['a link that is none', { language: 'id', variables: { statusUrl: 'javascript:x' } }, '/variables/statusUrl'],
  ])('refuses a preview with %s', async (_what, body, pointer) => {
    const answer = await post('welcome/preview', body).expect(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer }));
  });

  function official(channel: 'email' | 'whatsapp' = 'email', language = 'id') {
    const officialId = newId();
    const address = channel === 'email' ? `${officialId}@kemenkop.example` : '+628125550001';
    const consents = { service: true, announcements: true };
    notifications.onboarding.officials.set(officialId, { channel, address, language, name: 'Deputi', consents });
    return { officialId, address };
  }

  it('sends a test to an official at once, in the language that was asked for, marked and with made-up figures', async () => {
    const { officialId, address } = official('email', 'en');
    const { body } = await post('rejection/test', { language: 'id', officialId }).expect(202);
    const message = await notifications.reaches(body.causeId as string, 'sent');
    expect(message).toMatchObject({ workflow: 'template_test', template: 'rejection', language: 'id' });
    const [mail] = notifications.providers.messages({ to: address });
    expect(mail?.subject).toBe('[UJI] Pendaftaran Koperasi Maju Bersama perlu diperbaiki');
    expect(mail?.text).toContain('Ini pesan uji.');
    expect(mail?.text).toContain('Halo Deputi,');
  });

  it('marks a test on WhatsApp in the first place of its wording', async () => {
    const { officialId, address } = official('whatsapp');
    const { body } = await post('digest/test', { language: 'en', officialId, channel: 'whatsapp' }).expect(202);
    await notifications.reaches(body.causeId as string, 'delivered');
    expect(notifications.providers.messages({ to: address })[0]?.text).toContain('idxcoop_digest: [TEST] Deputi |');
  });

  it('sends a test once however often the same request comes, and again where it is asked anew', async () => {
    const { officialId } = official();
    const key = newId();
    const send = (idempotencyKey: string) =>
      post('welcome/test', { language: 'id', officialId }).set('Idempotency-Key', idempotencyKey).expect(202);
    const [first, second, other] = [await send(key), await send(key), await send(newId())];
    expect(second.body.causeId).toBe(first.body.causeId);
    expect(other.body.causeId).not.toBe(first.body.causeId);
  });

  it('refuses what cannot be tested: answers, and a template that there is not', async () => {
    const { officialId } = official();
    const refused = await post('help/test', { language: 'id', officialId, channel: 'whatsapp' }).expect(409);
    expect(refused.body).toMatchObject({ code: 'template_not_testable' });
    await post('constructor/preview', { language: 'id' }).expect(404);
  });

  it('is for operations and the ministry', async () => {
    const officer = await notifications.service.token({ roles: ['officer'] });
    await post('welcome/preview', { language: 'id' }, officer).expect(403);
    await notifications.service.http.get('/v1/templates').expect(401);
    await post(
      'welcome/preview',
      { language: 'id' },
      await notifications.service.token({ roles: ['ministry'] }),
    ).expect(200);
  });
});
