import { aSignUp, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { LookUpCooperativesController } from './look-up-cooperatives.controller';

describe(LookUpCooperativesController.name, () => {
  let service: StartedService;
  let officer: string;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    officer = await service.token({ roles: ['officer'], territory: '12', subject: 'officer-12' });
  });
  afterAll(() => service?.close());

  const find = (body: object, token = officer) =>
    service.http.post('/v1/cooperatives/lookups').auth(token, { type: 'bearer' }).send(body);
  const rows = (name: string) => service.mongo.connection.collection<{ _id: string }>(name);

  it('finds by the name without the words of its type, in the territory of the caller alone', async () => {
    const body = aSignUp({ name: 'Koperasi Simpan Pinjam Cahaya Timur' });
    const { id } = await signUp(service, body);
    const shown = { id, name: body.name, regionCode: body.regionCode, registration: 'draft' };
    for (const name of [body.name, 'KSP "Cahaya Timur"', 'cahaya timur']) {
      expect((await find({ name }).expect(200)).body).toEqual({ items: [shown], truncated: false });
    }
    for (const territory of ['12.71', 'ID'])
      expect(
        (await find({ name: 'Cahaya Timur' }, await service.token({ roles: ['officer'], territory })).expect(200)).body
          .items,
      ).toEqual([shown]);
    for (const territory of ['13', '12.72'])
      expect(
        (await find({ name: 'Cahaya Timur' }, await service.token({ roles: ['officer'], territory })).expect(200)).body,
      ).toEqual({ items: [], truncated: false });
    expect((await find({ name: 'Cahaya Barat' }).expect(200)).body.items).toEqual([]);
  });

  it('finds by the number of a person however it is written, shows no person, and remembers it without the number', async () => {
    const body = aSignUp({}, { phone: '0813-9876-5432' });
    const { id } = await signUpVerified(service, body);
    const { body: answer } = await find({ phone: '+62 813 9876 5432' }).expect(200);
    expect(answer.items).toMatchObject([{ id }]);
    expect(JSON.stringify(answer)).not.toMatch(/Siti|9876|siti/);
    expect(
      (await find({ phone: '081398765432' }, await service.token({ roles: ['officer'], territory: '13' })).expect(200))
        .body.items,
    ).toEqual([]);
    const person = await rows('people').findOne({ cooperativeId: id } as object);
    const entries = await rows('audit_entries')
      .find({ action: /looked_up$/, fields: { $elemMatch: { name: 'phone' } } } as object)
      .toArray();
    // Who found nobody has looked for the same.
    const digests = entries.filter((entry) => 'subjectKind' in entry && entry.subjectKind === 'lookup');
    expect(new Set(digests.map((entry) => (entry as unknown as { subjectId: string }).subjectId)).size).toBe(1);
    expect(digests).toHaveLength(2);
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'person.looked_up', personId: person?._id, subjectId: id, by: 'officer-12' }),
    );
    expect(JSON.stringify(entries)).not.toMatch(/9876/);
    await rows('people').updateOne({ _id: person?._id as string }, { $set: { restrictedAt: new Date() } });
    expect((await find({ phone: '081398765432' }).expect(200)).body.items).toEqual([]);
  });

  it('says that there are more than it shows', async () => {
    const { id } = await signUp(service, aSignUp({ name: 'Koperasi Konsumen Banyak Sama' }));
    const one = await rows('cooperatives').findOne({ _id: id });
    await rows('cooperatives').insertMany(Array.from({ length: 50 }, (_, at) => ({ ...one, _id: `${id}-${at}` })));
    const { body } = await find({ name: 'Banyak Sama' }).expect(200);
    expect([body.items.length, body.truncated]).toEqual([50, true]);
  });

  it('wants a name or a mobile number, one of them', async () => {
    for (const body of [{}, { name: 'Cahaya', phone: '081398765432' }])
      expect((await find(body).expect(422)).body.errors).toMatchObject([{ code: 'name_or_phone_required' }]);
    expect((await find({ phone: '021-5290999' }).expect(422)).body.errors[0].code).toBe('not_mobile');
    await find({ name: 'Cahaya' }, await service.token({ roles: ['assistant'], territory: '12' })).expect(403);
  });
});
