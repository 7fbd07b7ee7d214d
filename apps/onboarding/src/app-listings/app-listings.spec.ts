import { newId } from '@idxcoop/platform';
import { signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ExpireAppListingsJob } from '../expire-app-listings/expire-app-listings.job';
import { OnboardingModule } from '../onboarding.module';
import { AppListing } from './app-listing.schema';

const OWN = '/v1/partners/me/app-listings';

describe(`doors of ${AppListing.name}`, () => {
  let service: StartedService;
  let ministry: string;
  const rows = (name: string) => service.mongo.connection.collection<{ _id: string }>(name);
  const call = (method: 'get' | 'post' | 'patch', path: string, token?: string, body?: object, headers = {}) => {
    const request = service.http[method](path).set(headers);
    if (token) void request.auth(token, { type: 'bearer' });
    return body ? request.send(body) : request;
  };
  const proposal = {
    name: 'Koperasi Digital',
    summary: 'Simpan pinjam di telepon genggam.',
    website: 'https://aplikasi.example',
    types: ['savings_loan'],
    proofs: [{ kind: 'iso27001', number: 'IS 123456', expiresOn: '2026-12-31' }],
    offers: [
      {
        kind: 'free_period',
        title: 'Gratis satu tahun',
        conditions: 'Tanpa biaya selama dua belas bulan.',
        startsOn: '2026-03-01',
        endsOn: '2026-06-30',
      },
    ],
  };
  const aPartner = async (scopes = ['listings']) => {
    const about = { name: 'Penyedia Satu', website: 'https://penyedia.example' };
    const { body } = await call('post', '/v1/partners', ministry, about).expect(201);
    const key = await call('post', `/v1/partners/${body.id}/api-keys`, ministry, { label: 'server', scopes }).expect(
      201,
    );
    return { id: body.id as string, key: key.body.key as string };
  };
  const decide = (id: string, body: object, revision = 1, token = ministry) =>
    call('post', `/v1/app-listings/${id}/decision`, token, body, { 'If-Match': `"${revision}"` });
  const published = async (fields: object = {}) => {
    const partner = await aPartner();
    const { body } = await call('post', OWN, partner.key, { ...proposal, ...fields }).expect(201);
    await decide(body.id, { decision: 'approve', proofs: [{ kind: 'iso27001', decision: 'accept' }] }).expect(200);
    return { ...partner, listingId: body.id as string, offerId: body.offers[0].id as string };
  };
  const aCooperative = async () => {
    const { id, statusToken } = await signUpVerified(service);
    await rows('cooperatives').updateOne({ _id: id }, { $set: { registration: 'verified' } });
    return { id, statusToken };
  };
  const facts = async (type: string, about: string) =>
    (await rows('outbox').find({}).toArray())
      .map((row) => JSON.stringify(row))
      .filter((text) => text.includes(type) && text.includes(about)).length;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    ministry = await service.token({ roles: ['ministry'] });
  });
  beforeEach(() => service.clock.set('2026-03-02T03:00:00.000Z'));
  afterAll(async () => {
    service?.clock.reset();
    await service?.close();
  });

  it('shows a listing once a verifier approved it, each proof as it stands on the day', async () => {
    const { key } = await aPartner();
    const { body, headers } = await call('post', OWN, key, proposal).expect(201);
    expect(headers.location).toBe(`${OWN}/${body.id}`);
    const path = `/v1/app-listings/${body.id}`;
    await call('get', path).expect(404);
    const verifier = await service.token({ roles: ['verifier'], territory: '12.71' });
    const waiting = await call('get', '/v1/app-listings/reviews', verifier).expect(200);
    expect(waiting.body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
    await call('get', '/v1/app-listings/reviews', await service.token({ roles: ['officer'] })).expect(403);
    const seen = await call('get', `${path}/review`, verifier).expect(200);
    expect(seen.headers.etag).toBe('"1"');
    await decide(body.id, { decision: 'approve' }, 7).expect(412);
    await decide(body.id, { decision: 'reject' }).expect(422);
    const accept = { decision: 'approve', proofs: [{ kind: 'iso27001', decision: 'accept' }] };
    await decide(body.id, accept, 1, verifier).expect(200);
    const shown = await call('get', path).expect(200);
    expect(shown.body).toMatchObject({
      partner: { name: 'Penyedia Satu' },
      proofs: [
        { kind: 'pse', state: 'unproven', number: null, expiresOn: null },
        { kind: 'iso27001', state: 'proven', number: 'IS 123456', expiresOn: '2026-12-31' },
      ],
      offers: [{ state: 'open' }],
    });
    expect(shown.body).not.toHaveProperty('claims');
    expect(await facts('app-listing.published.v1', body.id)).toBe(1);
    const trail = await rows('audit_entries').find({ subjectId: body.id }).toArray();
    expect(trail).toMatchObject([{ action: 'app_listing.proposed' }, { action: 'app_listing.approved' }]);
  });

  it('takes a proof only with a last day that is to come, and says why a listing is not shown', async () => {
    const { id, key } = await aPartner();
    const claimed = { ...proposal, proofs: [{ kind: 'pse', number: '001234.01/DJAI.PSE/2026' }] };
    const { body } = await call('post', `/v1/partners/${id}/app-listings`, ministry, claimed).expect(201);
    const accept = (more: object) => ({ decision: 'approve', proofs: [{ kind: 'pse', decision: 'accept', ...more }] });
    const codeOf = async (more: object) => (await decide(body.id, accept(more)).expect(422)).body.errors[0];
    expect(await codeOf({})).toMatchObject({ pointer: '/proofs/0/expiresOn', code: 'required' });
    expect(await codeOf({ expiresOn: '2026-03-01' })).toMatchObject({ code: 'already_expired' });
    await decide(body.id, { decision: 'reject', reasons: [{ code: 'misleading', note: 'Nama' }] }).expect(200);
    const own = await call('get', `${OWN}/${body.id}`, key).expect(200);
    expect(own.body).toMatchObject({ state: 'rejected', reasons: [{ code: 'misleading', note: 'Nama' }], revision: 2 });
    await call('patch', `${OWN}/${body.id}`, key, { name: 'Lain' }).expect(428);
    const edited = await call('patch', `${OWN}/${body.id}`, key, { name: 'Lain' }, { 'If-Match': '"2"' }).expect(200);
    expect([edited.body.state, edited.headers.etag]).toEqual(['proposed', '"3"']);
    const other = await aPartner(['webhooks']);
    await call('get', OWN, other.key).expect(403);
    await call('get', `${OWN}/${body.id}`, (await aPartner()).key).expect(404);
    await call('get', OWN, ministry).expect(401);
  });

  it('lists by type of cooperative and state of a proof, page by page', async () => {
    await rows('app_listings').deleteMany({});
    const one = (await published()).listingId;
    const all = (await published({ types: [] })).listingId;
    const list = async (query: string) =>
      (await call('get', `/v1/app-listings${query}`).expect(200)).body as {
        items: { id: string }[];
        nextCursor: string | null;
      };
    const ids = async (query: string) => (await list(query)).items.map(({ id }) => id);
    expect(await ids('')).toEqual([one, all]);
    expect(await ids('?type=producer')).toEqual([all]);
    expect(await ids('?type=savings_loan&proof=iso27001&proofState=proven')).toEqual([one, all]);
    expect(await ids('?proof=iso27001&proofState=unproven')).toEqual([]);
    expect(await ids('?proof=pse&proofState=unproven')).toEqual([one, all]);
    service.clock.set('2027-01-01T03:00:00.000Z');
    expect(await ids('?proof=iso27001&proofState=proven')).toEqual([]);
    expect(await ids('?proofState=expired')).toEqual([one, all]);
    const first = await list('?limit=1');
    expect(await ids(`?limit=1&cursor=${first.nextCursor}`)).toEqual([all]);
    await call('get', '/v1/app-listings?proofState=maybe').expect(422);
  });

  it('lets a verified cooperative accept an open offer once, and its use count as activity', async () => {
    const { key, listingId, offerId } = await published();
    const { id, statusToken } = await aCooperative();
    const path = `/v1/app-listings/${listingId}/offers/${offerId}/acceptances`;
    await call('post', path).expect(401);
    await call('post', path, 'made-up').expect(401);
    await call('post', path, ministry).expect(403);
    const early = await signUpVerified(service);
    expect((await call('post', path, early.statusToken).expect(409)).body.code).toBe('wrong_state');
    const keyed = { 'Idempotency-Key': newId() };
    const { body } = await call('post', path, statusToken, undefined, keyed).expect(201);
    expect((await call('post', path, statusToken, undefined, keyed).expect(201)).body).toEqual(body);
    const signedIn = await service.token({ roles: ['applicant'], cooperativeId: id });
    expect((await call('post', path, signedIn).expect(409)).body.code).toBe('already_accepted');
    expect(await facts('offer.accepted.v1', body.id)).toBe(1);
    const own = '/v1/partners/me/acceptances';
    const { items } = (await call('get', own, key).expect(200)).body;
    expect(Object.keys(items[0].cooperative).sort()).toEqual([
      'form',
      'id',
      'name',
      'regionCode',
      'registration',
      'type',
    ]);
    service.clock.advance(5 * 86_400_000);
    await call('post', `${own}/${body.id}/confirm`, (await aPartner()).key).expect(404);
    const confirmed = await call('post', `${own}/${body.id}/confirm`, key).expect(200);
    const at = service.clock.now();
    service.clock.advance(86_400_000);
    expect((await call('post', `${own}/${body.id}/confirm`, key).expect(200)).body).toEqual(confirmed.body);
    const kept = await rows('cooperatives').findOne<{ lastSeenAt: Date }>({ _id: id });
    expect(kept?.lastSeenAt.getTime()).toBeLessThanOrEqual(at.getTime());
    expect(kept?.lastSeenAt.toISOString()).toBe(confirmed.body.confirmedAt);
    expect((await call('get', `${own}?state=accepted`, key).expect(200)).body.items).toEqual([]);
  });

  it('refuses an offer that is over, not for this type, or of a listing that is not shown', async () => {
    const { key, listingId, offerId } = await published();
    const { statusToken } = await aCooperative();
    const path = `/v1/app-listings/${listingId}/offers/${offerId}/acceptances`;
    const other = await published({ types: ['producer'] });
    const elsewhere = `/v1/app-listings/${other.listingId}/offers/${other.offerId}/acceptances`;
    expect((await call('post', elsewhere, statusToken).expect(409)).body.code).toBe('offer_not_for_type');
    service.clock.set('2026-07-01T03:00:00.000Z');
    expect((await call('post', path, statusToken).expect(409)).body).toMatchObject({ code: 'offer_not_open' });
    service.clock.set('2026-03-03T03:00:00.000Z');
    await call('post', `${OWN}/${listingId}/withdrawal`, key, { reason: 'product_ended' }).expect(200);
    await call('post', path, statusToken).expect(404);
    await call('get', `/v1/app-listings/${listingId}`).expect(404);
    expect(await facts('app-listing.withdrawn.v1', listingId)).toBe(1);
  });

  it('tells once that an offer is over and a proof has run out', async () => {
    const { listingId } = await published();
    const job = service.get(ExpireAppListingsJob);
    const work = async () => {
      const due = await job.due(service.clock.now(), 100);
      for (const { data } of due) await Promise.all([job.process(data), job.process(data)]);
      return due.length;
    };
    expect(await work()).toBe(0);
    service.clock.set('2026-07-01T03:00:00.000Z');
    expect(await work()).toBeGreaterThan(0);
    expect(await facts('offer.ended.v1', listingId)).toBe(1);
    service.clock.set('2027-01-01T03:00:00.000Z');
    await work();
    expect(await facts('app-listing.proof-expired.v1', listingId)).toBe(1);
    expect(await work()).toBe(0);
    const { body } = await call('get', `/v1/app-listings/${listingId}`).expect(200);
    expect([body.proofs[1].state, body.offers[0].state]).toEqual(['expired', 'over']);
  });
});
