import { eventually } from '../../../../test/support/eventually';
import { signInCodeOf } from '../../../../test/support/sign-in';
import { aSignUp, factsOf, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { VouchForContactController } from './vouch-for-contact.controller';

describe(VouchForContactController.name, () => {
  let service: StartedService;
  let assistant: string;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'] });
    assistant = await service.token({ roles: ['assistant'], territory: '12.71', subject: 'pendamping-1' });
  });
  afterAll(() => service?.close());

  const vouch = (
    id: string,
    token = assistant,
    body: object = { channel: 'whatsapp', reason: 'no_signal', note: 'Kenal.' },
  ) => service.http.post(`/v1/cooperatives/${id}/vouches`).auth(token, { type: 'bearer' }).send(body);

  it('lets a registration go on whose person gets no code, and marks how', async () => {
    const { id, statusToken } = await signUp(service);
    const submit = () => service.http.post(`/v1/cooperatives/${id}/submit`).auth(statusToken, { type: 'bearer' });
    expect((await submit().expect(409)).body.code).toBe('contact_not_verified');
    const { body } = await vouch(id).expect(201);
    expect(body).toMatchObject({ cooperativeId: id, channel: 'whatsapp', reason: 'no_signal' });
    await submit().expect(202);
    const fact = (await factsOf(service, id)).find(({ type }) => type === 'onboarding.contact.vouched.v1');
    expect(fact?.data).toMatchObject({ contactId: body.contactId, reason: 'no_signal' });
    expect(JSON.stringify(fact)).not.toContain('Kenal');
    const trail = await service.mongo.connection.collection('audit_entries').findOne({ action: 'contact.vouched' });
    expect(trail).toMatchObject({ subjectId: id, by: 'pendamping-1', reason: 'no_signal' });
  });

  it('opens nothing that is secret: no sign-in, no status link', async () => {
    const phone = '+6281377770001';
    const { id } = await signUp(service, aSignUp({}, { phone }));
    await vouch(id).expect(201);
    const { flowId } = (await service.http.post('/v1/sign-ins').send({ phone }).expect(202)).body;
    await service.http
      .post(`/v1/sign-ins/${flowId}`)
      .send({ code: signInCodeOf(service, flowId) })
      .expect(422);
    await service.http.post('/v1/status-links').send({ phone }).expect(202);
    await eventually(async () => {
      expect(await service.mongo.connection.collection('status_link_requests').countDocuments({})).toBe(0);
    });
    const types = (await factsOf(service, id)).map(({ type }) => type);
    expect(types).not.toContain('onboarding.status-link.requested.v1');
    expect(types).not.toContain('onboarding.contact.verified.v1');
  });

  it('is for the office of the territory, for a contact that is there and not proved', async () => {
    const { id } = await signUp(service);
    await vouch(id, await service.token({ roles: ['officer'], territory: '31' })).expect(404);
    await vouch(id, await service.token({ roles: ['verifier'], territory: '12' })).expect(403);
    await vouch(id, assistant, { channel: 'whatsapp', reason: 'because' }).expect(422);
    const verified = await signUpVerified(service);
    expect((await vouch(verified.id).expect(409)).body.code).toBe('contact_already_verified');
    const { phone: _, ...contact } = aSignUp().contact;
    const mailed = await service.http.post('/v1/cooperatives').send({ ...aSignUp(), contact });
    await vouch(mailed.body.id as string).expect(404);
  });
});
