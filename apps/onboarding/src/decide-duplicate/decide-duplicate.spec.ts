import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { csv, importsOf } from '../../../../test/support/import-files';
import { aSignUp, factsOf, type SignedUp, signUp } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { DecideDuplicateController } from './decide-duplicate.controller';

const VILLAGE = '12.71.05.1003';

interface Candidate {
  id: string;
  cooperativeId: string;
  otherId: string;
  band: string;
  score: number;
  signals: string[];
  state: string;
}

let serial = 0;
/** A name that no other case has. */
const unheard = () =>
  `Cahaya ${['Embun', 'Rimba', 'Lembah', 'Samudra', 'Purnama', 'Fajar', 'Angkasa', 'Kirana', 'Pelangi'][serial++]}`;

describe(DecideDuplicateController.name, () => {
  let service: StartedService;
  let token: string;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api', 'jobs', 'schedules'] });
    token = await service.token({ roles: ['officer'], territory: '12', subject: 'officer-12' });
  });
  afterAll(() => service?.close());

  const list = async (query: object, by = token): Promise<{ items: Candidate[]; nextCursor: string | null }> =>
    (await service.http.get('/v1/duplicate-candidates').query(query).auth(by, { type: 'bearer' }).expect(200)).body;
  const found = (cooperativeId: string, count = 1) =>
    eventually(async () => {
      const { items } = await list({ cooperativeId, state: 'open' });
      expect(items).toHaveLength(count);
      return items as [Candidate, ...Candidate[]];
    });
  const matched = () =>
    eventually(async () =>
      expect(
        await service.mongo.connection.collection('cooperatives').countDocuments({ matchDue: { $exists: true } }),
      ).toBe(0),
    );
  const decide = (id: string, body: object, by = token) =>
    service.http.post(`/v1/duplicate-candidates/${id}/decision`).auth(by, { type: 'bearer' }).send(body);
  const card = async (id: string) => (await service.http.get(`/v1/cooperatives/${id}`).expect(200)).body;
  const sign = (name: string, fields: object = {}, contact: object = {}): Promise<SignedUp> =>
    signUp(service, aSignUp({ name, website: undefined, ...fields }, contact));
  const twins = async (fields: object = {}): Promise<[SignedUp, SignedUp, Candidate]> => {
    const name = unheard();
    const first = await sign(`KSP ${name}`);
    await matched();
    const second = await sign(`Koperasi Simpan Pinjam ${name}`, fields);
    return [first, second, (await found(second.id))[0]];
  };

  it('finds two of one village with one core name, and shows them to the officers of each', async () => {
    const [first, second, candidate] = await twins({ regionCode: '12.71.06.1001' });
    expect(candidate).toMatchObject({ band: 'review', score: 1, signals: ['same_core_name'], state: 'open' });
    const [third, fourth, strong] = await twins({ regionCode: VILLAGE });
    expect(strong).toMatchObject({
      ...{ cooperativeId: fourth.id, otherId: third.id, band: 'strong', score: 1 },
      signals: ['same_village', 'same_core_name'],
    });
    const by = async (territory: string, roles = ['verifier']) => service.token({ roles: roles as never, territory });
    const seen = async (territory: string) =>
      (await list({ cooperativeId: second.id }, await by(territory))).items.map(({ id }) => id);
    expect([await seen('12.71.05'), await seen('12.71.06'), await seen('13')]).toEqual([
      [candidate.id],
      [candidate.id],
      [],
    ]);
    expect((await list({ cooperativeId: first.id, state: 'same' })).items).toEqual([]);
    const page = await list({ limit: 1 });
    expect(page.items.map(({ id }) => id)).toEqual([candidate.id]);
    expect((await list({ limit: 1, cursor: page.nextCursor })).items.map(({ id }) => id)).toEqual([strong.id]);
    await decide(candidate.id, { decision: 'different' }, await by('13')).expect(404);
    await service.http
      .get('/v1/duplicate-candidates')
      .auth(await by('12', ['editor']), { type: 'bearer' })
      .expect(403);
  });

  it('says that a like name shares a contact, and never which; a mended contact clears it', async () => {
    const [email, name] = [`bersama-${newId()}@x.example`, unheard()];
    await sign(`KUD ${name}`, {}, { email });
    await matched();
    const second = await sign(`KUD ${name}n`, {}, { email });
    const [candidate] = await found(second.id);
    expect(candidate).toMatchObject({ band: 'review', signals: ['similar_name', 'same_contact'] });
    expect(candidate.score).toBeGreaterThanOrEqual(0.92);
    expect(JSON.stringify([candidate, await factsOf(service, candidate.id)])).not.toContain(email);
    await service.http
      .patch(`/v1/cooperatives/${second.id}/contact`)
      .auth(second.statusToken, { type: 'bearer' })
      .send({ email: `sendiri-${newId()}@x.example` })
      .expect(200);
    await eventually(async () =>
      expect((await list({ cooperativeId: second.id, state: 'cleared' })).items).toMatchObject([{ id: candidate.id }]),
    );
    expect((await factsOf(service, candidate.id)).map(({ type, data }) => [type, data.reason])).toEqual([
      ['onboarding.duplicate.suspected.v1', undefined],
      ['onboarding.duplicate.dismissed.v1', 'no_longer_alike'],
    ]);
  });

  it('leaves two apart that an officer found different, also when they are looked at again', async () => {
    const [, second, candidate] = await twins();
    const key = newId();
    const different = () =>
      decide(candidate.id, { decision: 'different', reason: 'two_legal_entities' })
        .set('Idempotency-Key', key)
        .expect(200);
    expect((await different()).body).toMatchObject({
      state: 'different',
      survivorId: null,
      reason: 'two_legal_entities',
    });
    expect((await different()).headers['idempotent-replayed']).toBe('true');
    expect((await decide(candidate.id, { decision: 'different' }).expect(409)).body.code).toBe('already_decided');
    await service.mongo.connection
      .collection<{ _id: string }>('cooperatives')
      .updateOne({ _id: second.id }, { $set: { matchDue: newId() } });
    await matched();
    expect((await list({ cooperativeId: second.id })).items.map(({ state }) => state)).toEqual(['different']);
    expect((await factsOf(service, candidate.id)).at(-1)).toMatchObject({
      type: 'onboarding.duplicate.dismissed.v1',
      data: { reason: 'two_legal_entities', candidateId: candidate.id },
    });
  });

  it('moves a duplicate out of the register and lets both ids lead to the survivor', async () => {
    const number = `77/BH/${newId().slice(-6)}`;
    const [first, second, candidate] = await twins({ legalEntityNumber: number });
    const third = await sign('KSP lain', { name: (await card(first.id)).name });
    await found(third.id, 2);
    const same = { decision: 'same', survivorId: first.id };
    const answers = await Promise.all([decide(candidate.id, same), decide(candidate.id, same)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const facts = await factsOf(service, second.id);
    expect(facts.at(-1)).toMatchObject({
      type: 'onboarding.cooperative.found-duplicate.v1',
      data: { cooperativeId: second.id, survivorId: first.id, reason: 'decided_by_officer' },
    });
    const link = `/v1/cooperatives/${first.id}`;
    expect(await card(second.id)).toMatchObject({ registration: 'duplicate', survivorId: first.id, survivor: link });
    expect(await card(first.id)).toMatchObject({ registration: 'draft', survivorId: null, survivor: null });
    const status = await service.http.get(second.statusUrl).auth(second.statusToken, { type: 'bearer' }).expect(200);
    expect(status.body).toMatchObject({
      registration: 'duplicate',
      survivor: link,
      nextStep: { code: 'see_survivor' },
    });
    const again = await service.http
      .post('/v1/cooperatives')
      .send(aSignUp({ legalEntityNumber: number }))
      .expect(409);
    expect(again.body).toMatchObject({ code: 'duplicate_cooperative', survivor: link });
    // What the duplicate was suspected of otherwise is over.
    await eventually(async () =>
      expect((await list({ cooperativeId: second.id, state: 'cleared' })).items).toHaveLength(1),
    );
    const [left] = (await list({ cooperativeId: third.id, state: 'open' })).items as [Candidate];
    await decide(left.id, { decision: 'same', survivorId: third.id }).expect(200);
    expect((await card(second.id)).survivorId).toBe(third.id);
    const audited = await service.mongo.connection.collection('audit_entries').find({}).toArray();
    expect(audited.map(({ action, subjectId }) => `${action} ${subjectId}`)).toEqual(
      expect.arrayContaining([`duplicate.found_same ${candidate.id}`]),
    );
  });

  it('refuses a decision that says too little or too much', async () => {
    const [first, , candidate] = await twins();
    const refused = async (body: object) =>
      (await decide(candidate.id, body).expect(422)).body.errors.map(
        ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
      );
    expect(await refused({ decision: 'same' })).toEqual(['/survivorId required']);
    expect(await refused({ decision: 'same', survivorId: newId() })).toEqual(['/survivorId not_of_the_pair']);
    expect(await refused({ decision: 'different', survivorId: first.id })).toEqual(['/survivorId not_allowed']);
    expect(await refused({ decision: 'merge' })).toEqual([expect.stringContaining('/decision')]);
    await decide(newId(), { decision: 'different' }).expect(404);
  });

  it('looks at the rows of an import, which stay rows until an officer decides, and forgets them with it', async () => {
    const name = unheard();
    const officer = importsOf(service, token);
    const type = 'KUD';
    const rows = [
      { name: `KUD ${name}`, type },
      { name: `Koperasi Unit Desa ${name}`, type },
      { name: `KUD ${name} II` },
    ];
    const done = await officer.run(csv(rows));
    expect(done.totals).toMatchObject({ created: 3, duplicates: 0 });
    const imported = await service.mongo.connection.collection('cooperatives').find({ importId: done.id }).toArray();
    expect(imported.map((one) => one.type).sort()).toEqual(['consumer', 'producer', 'producer']);
    const [candidate] = await found(String(imported[0]?._id));
    expect([candidate.cooperativeId, candidate.otherId].sort()).toEqual(
      [imported[0], imported[1]].map((one) => String(one?._id)).sort(),
    );
    await officer.rollBack(done.id).expect(202);
    await eventually(async () => expect((await list({ cooperativeId: candidate.cooperativeId })).items).toEqual([]));
  });
});
