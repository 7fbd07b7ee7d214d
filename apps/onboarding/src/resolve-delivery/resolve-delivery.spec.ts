import { newId, Tokens } from '@idxcoop/platform';
import { aSignUp, codeOf, flowOf, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ResolveDeliveryController } from './resolve-delivery.controller';

describe(ResolveDeliveryController.name, () => {
  let service: StartedService;
  let internal: string;
  const ask = (path: string) => service.http.get(path).auth(internal, { type: 'bearer' });
  const contactOf = async (cooperativeId: string, channel: string) => {
    const { body } = await ask(`/internal/cooperatives/${cooperativeId}/contacts`).expect(200);
    return (
      (body.items as { contactId: string; channel: string }[]).find((item) => item.channel === channel)?.contactId ?? ''
    );
  };

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    internal = await service.get(Tokens).forService('notifications');
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  it('gives WhatsApp the code of a send', async () => {
    const body = aSignUp();
    const signedUp = await signUp(service, body);
    const flowId = flowOf(signedUp, 'whatsapp');
    const contact = await contactOf(signedUp.id, 'whatsapp');
    const answer = await ask(
      `/internal/contacts/${contact}/delivery?purpose=verification&flowId=${flowId}&sendNumber=1`,
    ).expect(200);
    expect(answer.body).toMatchObject({
      contactId: contact,
      cooperativeId: signedUp.id,
      channel: 'whatsapp',
      address: expect.stringMatching(/^\+62812/),
      language: 'id',
      name: 'Siti Rahma',
      cooperativeName: body.name,
      code: codeOf(service, flowId),
      verified: false,
      consented: true,
      consents: { service: true, announcements: true },
      timeZone: 'Asia/Jakarta',
      expired: false,
    });
  });

  it('says what was agreed to on the channel, and by which clock the person lives', async () => {
    const consent = { version: '2020-10', purposes: ['service'], channels: ['whatsapp'] };
    const { id } = await signUp(service, aSignUp({ regionCode: '91.71', consent }));
    const ofChannel = async (channel: string) =>
      (await ask(`/internal/contacts/${await contactOf(id, channel)}/delivery?purpose=notice`).expect(200)).body;
    const zone = { timeZone: 'Asia/Jayapura' };
    expect(await ofChannel('whatsapp')).toMatchObject({ ...zone, consents: { service: true, announcements: false } });
    expect(await ofChannel('email')).toMatchObject({ ...zone, consents: { service: false, announcements: false } });
  });

  it('gives e-mail a link whose page confirms', async () => {
    const signedUp = await signUp(service);
    const flowId = flowOf(signedUp, 'email');
    const contact = await contactOf(signedUp.id, 'email');
    const { body } = await ask(`/internal/contacts/${contact}/delivery?purpose=verification&flowId=${flowId}`).expect(
      200,
    );
    const { pathname, searchParams } = new URL(body.link as string);
    expect(body.code).toBeUndefined();
    await service.http
      .post(pathname)
      .send({ token: searchParams.get('token') })
      .expect(200);
  });

  it('says that a flow has ended', async () => {
    const signedUp = await signUp(service);
    const flowId = flowOf(signedUp, 'whatsapp');
    const contact = await contactOf(signedUp.id, 'whatsapp');
    service.clock.advance(16 * 60_000);
    const { body } = await ask(`/internal/contacts/${contact}/delivery?purpose=verification&flowId=${flowId}`).expect(
      200,
    );
    expect(body.expired).toBe(true);
  });

  it('gives a decision its notes and a link to the status', async () => {
    const signedUp = await signUpVerified(service);
    const submitted = await service.http
      .post(`/v1/cooperatives/${signedUp.id}/submit`)
      .auth(signedUp.statusToken, { type: 'bearer' });
    const reasons = [{ requirement: 'board', code: 'incomplete', note: 'Sekretaris belum ada.' }];
    await service.http
      .post(`/v1/review-cases/${submitted.body.reviewCase.id}/decision`)
      .auth(await service.token({ roles: ['ministry'] }), { type: 'bearer' })
      .send({ decision: 'reject', reasons })
      .expect(200);
    const { body: contacts } = await ask(`/internal/cooperatives/${signedUp.id}/contacts?verified=true`).expect(200);
    const consents = { service: true, announcements: true };
    expect(contacts.items).toMatchObject([{ channel: 'whatsapp', language: 'id', consented: true, consents }]);
    expect(contacts.items[0].personId).toEqual(expect.any(String));
    const { body } = await ask(`/internal/contacts/${contacts.items[0].contactId}/delivery?purpose=decision`).expect(
      200,
    );
    expect(body.reasons).toEqual(reasons);
    const link = new URL(body.statusUrl as string);
    await service.http.get(`${link.pathname}${link.search}`).expect(200);
  });

  it('quotes the decision that is asked for, and none that a withdrawal ended', async () => {
    const { id, statusToken } = await signUpVerified(service);
    const ministry = await service.token({ roles: ['ministry'] });
    const post = (path: string, token: string) => service.http.post(path).auth(token, { type: 'bearer' });
    const submit = async () =>
      (await post(`/v1/cooperatives/${id}/submit`, statusToken).expect(202)).body.reviewCase.id as string;
    const reject = async (code: string) => {
      const reviewCaseId = await submit();
      service.clock.advance(60_000);
      const reasons = [{ requirement: 'board', code }];
      await post(`/v1/review-cases/${reviewCaseId}/decision`, ministry)
        .send({ decision: 'reject', reasons })
        .expect(200);
      return reviewCaseId;
    };
    const [first, second] = [await reject('missing'), await reject('incomplete')];
    const ended = await submit();
    service.clock.advance(60_000);
    await post(`/v1/cooperatives/${id}/withdraw`, statusToken).expect(200);
    const contact = await contactOf(id, 'whatsapp');
    const codesOf = async (reviewCaseId?: string) => {
      const about = reviewCaseId ? `&reviewCaseId=${reviewCaseId}` : '';
      const { body } = await ask(`/internal/contacts/${contact}/delivery?purpose=decision${about}`).expect(200);
      return (body.reasons as { code: string }[]).map(({ code }) => code);
    };
    expect(await codesOf(first)).toEqual(['missing']);
    expect(await codesOf(second)).toEqual(['incomplete']);
    expect(await codesOf(ended)).toEqual([]);
    // A fact of before the case was named.
    expect(await codesOf()).toEqual(['incomplete']);
  });

  it('finds the officials whose territory a region lies in, of a level or of the nearest office that is not away', async () => {
    const ministry = await service.token({ roles: ['ministry'] });
    const official = async (territory: string, leave: object[] = []) => {
      const contacts = { email: `${territory || 'id'}@dinas.example`, phone: '0811-1000-1000' };
      const body = { name: 'Petugas', office: `Dinas ${territory}`, roles: ['officer'], territory, contacts, leave };
      const answer = await service.http.post('/v1/officials').auth(ministry, { type: 'bearer' }).send(body).expect(201);
      return answer.body.id as string;
    };
    const [province, city, papua] = [await official('12'), await official('12.71'), await official('93')];
    const away = await official('12.72', [{ from: '2020-01-01', to: '2099-12-31' }]);
    await official('32.73');
    const find = async (query: string) => {
      const { body } = await ask(`/internal/officials?role=officer&${query}`).expect(200);
      return [...new Set((body.items as { officialId: string }[]).map(({ officialId }) => officialId))];
    };
    expect(await find('territory=12.71.05.1003')).toEqual([city]);
    expect(await find('territory=12.71.05.1003&level=province')).toEqual([province]);
    expect(await find('territory=12.71.05.1003&level=regency')).toEqual([city]);
    expect(await find('territory=12.72')).toEqual([province]);
    expect(await find('territory=12.72&level=regency')).toEqual([]);
    // Merauke was in Papua, 91.01, before it became 93.01 of South Papua.
    expect(await find('territory=91.01')).toEqual([papua]);
    expect(await find('territory=51.71')).toEqual([]);
    const inPerson = (await ask(`/internal/officials?id=${away}`).expect(200)).body.items as object[];
    expect(inPerson).toMatchObject([
      { officialId: away, channel: 'email' },
      { officialId: away, channel: 'whatsapp' },
    ]);
    await ask('/internal/officials?role=officer&territory=x').expect(422);
  });

  it('names the cooperative that a message to an official is about', async () => {
    const ministry = await service.token({ roles: ['ministry'] });
    const { id } = await signUp(service, aSignUp({ name: 'Koperasi Produsen Sejahtera' }));
    const contacts = { email: 'dinas@dinas.example' };
    const body = { name: 'Petugas', office: 'Dinas', roles: ['officer'], territory: '12', contacts };
    const official = await service.http.post('/v1/officials').auth(ministry, { type: 'bearer' }).send(body).expect(201);
    const path = `/internal/officials/${official.body.id as string}/delivery?channel=email`;
    const { body: about } = await ask(`${path}&cooperativeId=${id}`).expect(200);
    expect(about.cooperativeName).toBe('Koperasi Produsen Sejahtera');
    expect((await ask(path).expect(200)).body.cooperativeName).toBeUndefined();
  });

  it('does not know who is not there, and answers no person', async () => {
    await ask(`/internal/contacts/${newId()}/delivery?purpose=welcome`).expect(404);
    await service.http.get(`/internal/contacts/${newId()}/delivery?purpose=welcome`).expect(401);
  });
});
