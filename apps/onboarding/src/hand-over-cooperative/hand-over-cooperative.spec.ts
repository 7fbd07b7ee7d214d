import { Derivation, Tokens } from '@idxcoop/platform';
import { signIn, signInCodeOf } from '../../../../test/support/sign-in';
import { aSignUp, codeOf, factsOf, flowOf, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { HandOverCooperativeController } from './hand-over-cooperative.controller';

describe(HandOverCooperativeController.name, () => {
  let service: StartedService;
  let officer: string;
  let serial = 0;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    officer = await service.token({ roles: ['officer'], territory: '12.71', subject: 'dinas-medan' });
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  const phone = () => {
    serial += 1;
    return `+62811${String(66_000_000 + serial)}`;
  };
  const consent = { version: '2020-10', purposes: ['service'], channels: ['whatsapp'] };
  const next = (number: string, more: object = {}) => ({ contact: { name: 'Budi', phone: number }, consent, ...more });
  const begin = (id: string, body: object, token: string) =>
    service.http.post(`/v1/cooperatives/${id}/hand-overs`).auth(token, { type: 'bearer' }).send(body);
  const status = (id: string, token: string) =>
    service.http.get(`/v1/cooperatives/${id}/status`).auth(token, { type: 'bearer' });
  const prove = (flowId: string) =>
    service.http.post(`/v1/verifications/${flowId}`).send({ code: codeOf(service, flowId) });

  async function spoken() {
    const number = phone();
    const { id, statusToken } = await signUpVerified(service, aSignUp({}, { phone: number }));
    const signedIn = await signIn(service, { phone: number });
    return { id, statusToken, number, signedIn };
  }

  it('lets a new contact take over that has proved itself; all ways of the old one end', async () => {
    const { id, statusToken, number, signedIn } = await spoken();
    const other = phone();
    const { body, headers } = await begin(id, next(other), signedIn.accessToken).expect(201);
    expect(headers.location).toBe(`/v1/cooperatives/${id}/claims/${body.id}`);
    // Nothing changes before the new one has proved it.
    await status(id, statusToken).expect(200);
    await prove(flowOf(body, 'whatsapp')).expect(200);
    await status(id, statusToken).expect(401);
    await status(id, signedIn.accessToken).expect(401);
    await service.http.post('/v1/sessions/refresh').send({ refreshToken: signedIn.refreshToken }).expect(401);
    const { flowId } = (await service.http.post('/v1/sign-ins').send({ phone: number }).expect(202)).body;
    await service.http
      .post(`/v1/sign-ins/${flowId}`)
      .send({ code: signInCodeOf(service, flowId) })
      .expect(422);
    const { accessToken } = await signIn(service, { phone: other });
    await status(id, accessToken).expect(200);
    await status(id, service.get(Derivation).token('status', id, 2)).expect(200);
  });

  it('tells it without a person, writes to nobody who left, and keeps who it was', async () => {
    const { id, statusToken, number } = await spoken();
    const internal = await service.get(Tokens).forService('notifications');
    const contacts = async () =>
      (await service.http.get(`/internal/cooperatives/${id}/contacts`).auth(internal, { type: 'bearer' }).expect(200))
        .body.items as { contactId: string }[];
    const [before] = await contacts();
    const { body } = await begin(id, next(phone()), statusToken).expect(201);
    await prove(flowOf(body, 'whatsapp')).expect(200);
    const path = `/internal/contacts/${before?.contactId}/delivery?purpose=notice`;
    await service.http.get(path).auth(internal, { type: 'bearer' }).expect(404);
    expect(await contacts()).toHaveLength(1);
    const facts = await factsOf(service, id);
    const fact = facts.find(({ type }) => type === 'onboarding.cooperative.handed-over.v1');
    expect(fact?.data).toMatchObject({ handOverId: body.id, begunBy: 'contact', reason: 'board_changed' });
    expect(facts.map(({ type }) => type)).toContain('onboarding.status-link.requested.v1');
    expect(JSON.stringify(facts)).not.toContain(number.slice(3));
    const people = await service.mongo.connection.collection('people').find({ cooperativeId: id }).toArray();
    expect(people.map(({ formerSince, contacts: points }) => [!!formerSince, (points as object[]).length])).toEqual([
      [true, 0],
      [false, 1],
    ]);
    const ledger = await service.mongo.connection.collection('consents').find({ cooperativeId: id }).toArray();
    expect(ledger.filter(({ withdrawn }) => withdrawn)).toHaveLength(1);
    const trail = await service.mongo.connection.collection('audit_entries').find({ subjectId: id }).toArray();
    expect(trail.map(({ action }) => action as string)).toContain('cooperative.handed_over');
  });

  it('lets the officer of the territory do it with a reason, and hides it from others', async () => {
    const { id } = await spoken();
    expect((await begin(id, next(phone()), officer).expect(422)).body.errors[0]).toMatchObject({ pointer: '/reason' });
    const elsewhere = await service.token({ roles: ['officer'], territory: '31' });
    await begin(id, next(phone(), { reason: 'contact_left' }), elsewhere).expect(404);
    await begin(id, next(phone()), await service.token({ roles: ['editor'] })).expect(403);
    await begin(id, next(phone()), (await spoken()).signedIn.accessToken).expect(403);
    const { body } = await begin(id, next(phone(), { reason: 'contact_left' }), officer).expect(201);
    await prove(flowOf(body, 'whatsapp')).expect(200);
    const fact = (await factsOf(service, id)).find(({ type }) => type === 'onboarding.cooperative.handed-over.v1');
    expect(fact?.data).toMatchObject({ begunBy: 'officer', reason: 'contact_left' });
  });

  it('lets only the last one named take over', async () => {
    const { id, statusToken } = await spoken();
    const thief = (await begin(id, next(phone()), statusToken).expect(201)).body;
    const rightful = (await begin(id, next(phone(), { reason: 'board_changed' }), officer).expect(201)).body;
    await prove(flowOf(thief, 'whatsapp')).expect(422);
    await prove(flowOf(rightful, 'whatsapp')).expect(200);
    const { body } = await service.http.get(`/v1/cooperatives/${id}/claims/${thief.id}`).expect(200);
    expect(body.state).toBe('rejected');
  });

  it('is not for who has proved nothing yet', async () => {
    const { id, statusToken } = await signUp(service, aSignUp({}, { phone: phone() }));
    expect((await begin(id, next(phone()), statusToken).expect(409)).body.code).toBe('contact_not_verified');
  });
});
