import { newId, Tokens } from '@idxcoop/platform';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aSignUp, factsOf, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ChainAuditJob } from '../chain-audit/chain-audit.job';
import { OnboardingModule } from '../onboarding.module';
import { ReapplyErasuresJob } from '../reapply-erasures/reapply-erasures.job';
import { SendSignInCodeJob } from '../sign-in/send-sign-in-code.job';
import { VerifyAuditHandler } from '../verify-audit/verify-audit.handler';
import { AskPrivacyRequestController } from './ask-privacy-request.controller';

interface Contact {
  contactId: string;
  personId: string;
  channel: string;
}

describe(AskPrivacyRequestController.name, () => {
  let service: StartedService;
  let notifications: Server;
  let privacy: string;
  let internal: string;

  beforeAll(async () => {
    notifications = createServer((_request, response) =>
      response.setHeader('content-type', 'application/json').end('{"items":[{"id":"m1","template":"welcome"}]}'),
    );
    await new Promise<void>((resolve) => notifications.listen(0, '127.0.0.1', resolve));
    const notificationsUrl = `http://127.0.0.1:${(notifications.address() as AddressInfo).port}`;
    service = await startService(OnboardingModule, { roles: ['api'], config: { notificationsUrl } });
    privacy = await service.token({ roles: ['privacy_officer'], subject: 'dpo' });
    internal = await service.get(Tokens).forService('notifications');
  });
  afterAll(async () => {
    await service?.close();
    notifications?.close();
  });

  const rows = (name: string) => service.mongo.connection.collection<{ _id: string }>(name);
  const as = (token: string) => ({
    post: (path: string, body: object = {}) => service.http.post(path).auth(token, { type: 'bearer' }).send(body),
    get: (path: string) => service.http.get(path).auth(token, { type: 'bearer' }),
  });
  const ask = (token: string, body: object) => as(token).post('/v1/privacy-requests', body);
  const decide = (id: string, body: object = { decision: 'fulfil' }) =>
    as(privacy).post(`/v1/privacy-requests/${id}/decision`, body);
  const delivery = (contactId: string, query = 'purpose=welcome') =>
    as(internal).get(`/internal/contacts/${contactId}/delivery?${query}`);

  /** Somebody who has verified the phone. */
  async function somebody() {
    const body = aSignUp();
    const { id, statusToken } = await signUpVerified(service, body);
    const { body: known } = await as(internal).get(`/internal/cooperatives/${id}/contacts`).expect(200);
    const contacts = known.items as Contact[];
    const { personId } = contacts[0] as Contact;
    const phone = contacts.find(({ channel }) => channel === 'whatsapp') as Contact;
    return { id, statusToken, personId, contactId: phone.contactId, contact: body.contact };
  }
  const factsAbout = async (id: string) => (await factsOf(service, id)).map(({ type }) => type);

  it('takes a request of a person in, tells them, and shows the officer when it is due', async () => {
    const { id, statusToken, personId } = await somebody();
    const { body } = await ask(statusToken, { kind: 'access', cooperativeId: id }).expect(201);
    expect(body).toMatchObject({ kind: 'access', state: 'open', personId, identity: { check: 'status_token' } });
    expect(Date.parse(body.dueAt) - Date.parse(body.receivedAt)).toBe(72 * 3_600_000);
    expect(await factsAbout(body.id)).toEqual(['onboarding.privacy-request.received.v1']);
    const again = await ask(statusToken, { kind: 'access', cooperativeId: id }).expect(409);
    expect(again.body).toMatchObject({ code: 'privacy_request_open' });
    const list = await as(privacy).get(`/v1/privacy-requests?personId=${personId}&overdue=false`).expect(200);
    expect(list.body.items).toMatchObject([{ id: body.id, overdue: false }]);
    service.clock.advance(73 * 3_600_000);
    const late = await as(privacy).get('/v1/privacy-requests?overdue=true').expect(200);
    service.clock.reset();
    expect(late.body.items).toMatchObject([{ id: body.id, overdue: true }]);
  });

  it('refuses who has no token, whose contact is unproved, and all but the privacy officer to decide', async () => {
    const { id, statusToken } = await signUp(service);
    await ask(statusToken, { kind: 'access', cooperativeId: id }).expect(409);
    await service.http.post('/v1/privacy-requests').send({ kind: 'access', cooperativeId: id }).expect(401);
    await ask(statusToken, { kind: 'access', cooperativeId: newId() }).expect(403);
    await ask(statusToken, { kind: 'everything', cooperativeId: id }).expect(422);
    for (const role of ['ministry', 'officer', 'operations'] as const) {
      const other = as(await service.token({ roles: [role] }));
      await other.get('/v1/privacy-requests').expect(403);
      await other.post(`/v1/privacy-requests/${newId()}/decision`, { decision: 'fulfil' }).expect(403);
    }
  });

  it('hands a copy of everything out once, by a link that only the contact gets', async () => {
    const { id, statusToken, personId, contactId, contact } = await somebody();
    const { body } = await ask(privacy, { kind: 'access', personId }).expect(201);
    expect((await decide(body.id).expect(409)).body.code).toBe('identity_not_checked');
    await as(privacy).post(`/v1/privacy-requests/${body.id}/identity`, { check: 'in_person' }).expect(200);
    const decided = (await decide(body.id).expect(200)).body;
    expect(decided).toMatchObject({ state: 'fulfilled' });
    expect(JSON.stringify(decided)).not.toContain('token');
    await decide(body.id).expect(409);
    const answer = await delivery(contactId, `purpose=privacy_copy&flowId=${body.id}`).expect(200);
    const link = new URL(answer.body.link as string);
    const token = link.searchParams.get('token') as string;
    // A mail scanner looks at the page and uses nothing up.
    expect((await service.http.get(`${link.pathname}${link.search}`).expect(200)).text).toContain('<form');
    const copy = await service.http.post(link.pathname).type('form').send({ token }).expect(200);
    expect(copy.headers['content-disposition']).toContain('attachment');
    expect(copy.body).toMatchObject({
      person: { id: personId, name: contact.name },
      cooperative: { id },
      consents: [{ version: '2020-10', decision: 'given', wording: expect.stringContaining('IDXCOOP') }],
      messages: [{ id: 'm1' }],
    });
    const addresses = copy.body.contacts.map(({ address }: { address: string }) => address);
    expect(addresses).toContain(contact.email);
    expect(copy.body.trail.map(({ action }: { action: string }) => action)).toContain('privacy_request.fulfilled');
    expect((await service.http.post(link.pathname).send({ token }).expect(410)).body.code).toBe('copy_gone');
    await service.http.post(link.pathname).send({ token: statusToken }).expect(404);
    const kept = JSON.stringify(await rows('privacy_requests').find({}).toArray());
    expect(kept).not.toContain(contact.email);
  });

  it('leaves a restricted person alone, queued messages included, until it is lifted', async () => {
    const { id, statusToken, contactId, contact } = await somebody();
    await delivery(contactId).expect(200);
    const { body } = await ask(statusToken, { kind: 'restriction', cooperativeId: id }).expect(201);
    expect(body).toMatchObject({ state: 'fulfilled' });
    await delivery(contactId).expect(404);
    const contacts = await as(internal).get(`/internal/cooperatives/${id}/contacts`).expect(200);
    expect(contacts.body.items).toEqual([]);
    const found = await as(internal).post('/internal/contacts/lookup', { phone: contact.phone }).expect(200);
    expect(found.body.items).toEqual([]);
    // No code to sign in with either, though the answer is that of everybody.
    const signIn = await service.http.post('/v1/sign-ins').send({ phone: contact.phone }).expect(202);
    await service.get(SendSignInCodeJob).process({ flowId: signIn.body.flowId });
    expect(await factsOf(service, signIn.body.flowId)).toEqual([]);
    await as(privacy).post(`/v1/privacy-requests/${body.id}/lift`).expect(200);
    await delivery(contactId).expect(200);
    await as(privacy).post(`/v1/privacy-requests/${body.id}/lift`).expect(409);
  });

  it('takes consent back in the ledger, for what was named', async () => {
    const { id, statusToken, contactId, personId } = await somebody();
    const asked = { kind: 'withdraw_consent', cooperativeId: id, purposes: ['announcements'] };
    await ask(statusToken, asked).expect(201);
    expect((await delivery(contactId).expect(200)).body.consents).toEqual({ service: true, announcements: false });
    await ask(statusToken, { kind: 'withdraw_consent', cooperativeId: id }).expect(201);
    expect((await delivery(contactId).expect(200)).body.consents).toEqual({ service: false, announcements: false });
    const entries = await rows('consents')
      .find({ personId } as object)
      .toArray();
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(entries).toMatchObject([
      { version: '2020-10', textHash: digest },
      { withdrawn: true, purposes: ['announcements'], textHash: digest },
      { withdrawn: true, purposes: ['service', 'announcements'] },
    ]);
  });

  it('corrects what is wrong, and keeps what is right only until then', async () => {
    const { id, statusToken, personId } = await somebody();
    const wrong = { kind: 'correction', cooperativeId: id, changes: {} };
    await ask(statusToken, wrong).expect(422);
    const changes = { name: 'Siti Rahmawati', email: 'rahmawati@majubersama.example' };
    const { body } = await ask(statusToken, { ...wrong, changes }).expect(201);
    expect(JSON.stringify(await rows('privacy_requests').findOne({ _id: body.id }))).not.toContain('rahmawati@');
    expect((await as(privacy).get(`/v1/privacy-requests/${body.id}`).expect(200)).body.changes).toEqual(changes);
    await decide(body.id).expect(200);
    const person = await rows('people').findOne({ _id: personId });
    expect(person).toMatchObject({ name: 'Siti Rahmawati' });
    expect(JSON.stringify(person)).toContain('rahmawati@majubersama.example');
    expect((await as(privacy).get(`/v1/privacy-requests/${body.id}`).expect(200)).body.changes).toBeNull();
  });

  it('erases a person and nothing else, and does it again after a restore', async () => {
    const { id, statusToken, personId, contactId, contact } = await somebody();
    const kept = await rows('people').findOne({ _id: personId });
    const { body } = await ask(statusToken, { kind: 'erasure', cooperativeId: id }).expect(201);
    expect(Date.parse(body.dueAt) - Date.parse(body.receivedAt)).toBe(30 * 86_400_000);
    await decide(body.id).expect(200);
    await delivery(contactId).expect(404);
    await as(statusToken).get(`/v1/cooperatives/${id}/status`).expect(401);
    await service.http.get(`/v1/cooperatives/${id}`).expect(200);
    const fact = { personId, cooperativeId: id, contactIds: expect.arrayContaining([contactId]) };
    expect(await factsOf(service, personId)).toMatchObject([{ type: 'onboarding.person.erased.v1', data: fact }]);
    const everything = async () => {
      const names = await service.mongo.connection.db?.listCollections().toArray();
      const all = (names ?? []).map(({ name }) => rows(name).find({}).toArray());
      return JSON.stringify(await Promise.all(all));
    };
    expect(await everything()).not.toContain(contact.email);
    expect(await rows('audit_keys').findOne({ _id: personId })).not.toHaveProperty('key');
    await service.get(ChainAuditJob).process();
    expect(await service.get(VerifyAuditHandler).execute()).toMatchObject({ whole: true });
    // What an old backup brings back is gone again.
    await rows('people').insertOne(kept as { _id: string });
    await delivery(contactId).expect(200);
    await service.get(ReapplyErasuresJob).process();
    await delivery(contactId).expect(404);
    expect(await everything()).not.toContain(contact.email);
    expect(await factsOf(service, personId)).toHaveLength(2);
  });

  it('shows the texts of consent to everybody, and takes no other', async () => {
    const { body } = await service.http.get('/v1/consent-texts?version=2020-10&language=id').expect(200);
    expect(body.items).toMatchObject([{ version: '2020-10', language: 'id', digest: expect.any(String) }]);
    const consent = { version: '1999-01', purposes: ['service'], channels: ['email'] };
    const refused = await service.http.post('/v1/cooperatives').send(aSignUp({ consent })).expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/consent/version', code: 'unknown_consent_version' }]);
    const other = { ...consent, version: '2020-10', textHash: 'ab'.repeat(32) };
    const mismatch = await service.http
      .post('/v1/cooperatives')
      .send(aSignUp({ consent: other }))
      .expect(422);
    expect(mismatch.body.errors).toMatchObject([{ code: 'unknown_consent_text' }]);
  });
});
