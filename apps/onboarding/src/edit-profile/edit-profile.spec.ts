import { aSignUp, factsOf, signUp, type SignedUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { EditProfileHandler } from './edit-profile.handler';

describe(EditProfileHandler.name, () => {
  let service: StartedService;
  let officer: string;
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const etagOf = async (id: string) => (await service.http.get(`/v1/cooperatives/${id}`)).headers.etag as string;
  const edit = async ({ id, statusToken }: SignedUp, body: object, token = statusToken) =>
    service.http
      .patch(`/v1/cooperatives/${id}`)
      .set(as(token))
      .set('If-Match', await etagOf(id))
      .send(body);
  const codesOf = ({ body }: { body: { errors: { pointer: string; code: string }[] } }) =>
    body.errors.map(({ pointer, code }) => [pointer, code]);

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    service.clock.set('2020-10-08T03:00:00Z');
    officer = await service.token({ roles: ['officer'], territory: '12', subject: 'officer-12' });
  });
  afterAll(async () => {
    service?.clock.reset();
    await service?.close();
  });

  it('keeps what the cooperative says of itself, once, with a fact that names the fields', async () => {
    const signedUp = await signUp(service, aSignUp({ nikKoperasi: undefined }));
    const body = {
      ...{ foundedOn: '2018-03-01', annualMeetings: [{ bookYear: 2019, heldOn: '2020-05-30' }] },
      ...{ boardPositions: ['chair', 'secretary', 'treasurer'], membershipCounts: { men: 20, women: 31 } },
    };
    const answer = await edit(signedUp, body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      ...{ ...body, annualMeetings: [{ ...body.annualMeetings[0], source: 'self' }] },
      membershipCounts: { men: 20, women: 31, founders: null },
      ...{ grade: 'C1', revision: 2 },
    });
    expect(answer.headers.etag).toBe('"2"');
    expect((await edit(signedUp, body)).body.revision).toBe(2);
    const facts = (await factsOf(service, signedUp.id)).filter(({ type }) => type.includes('profile-updated'));
    expect(facts.map(({ data }) => [data.source, data.fields])).toEqual([
      ['self', ['foundedOn', 'annualMeetings', 'boardPositions', 'membershipCounts']],
    ]);
    const { body: status } = await service.http.get(signedUp.statusUrl).set(as(signedUp.statusToken)).expect(200);
    expect(status).toMatchObject({ ...{ grade: 'C1', activity: 'active' }, foundedOn: '2018-03-01' });
    expect(status.requirements.satisfied).toEqual(
      expect.arrayContaining(['completeBoard', 'membershipCounts', 'legalEntityNumber', 'website']),
    );
    const { body: card } = await service.http.get(`/v1/cooperatives/${signedUp.id}`).expect(200);
    expect(card).toMatchObject({ grade: 'C1', foundedOn: '2018-03-01', mergedInto: null });
  });

  it('wants the version that was seen', async () => {
    const { id, statusToken } = await signUp(service);
    const patch = (header: Record<string, string>) =>
      service.http.patch(`/v1/cooperatives/${id}`).set(as(statusToken)).set(header).send({ foundedOn: '2018-03-01' });
    await patch({}).expect(428);
    await patch({ 'If-Match': '"7"' }).expect(412);
    await patch({ 'If-Match': '"1"' }).expect(200);
    await patch({ 'If-Match': '"1"' }).expect(412);
  });

  it('is open to the cooperative and to the office of its territory only', async () => {
    const signedUp = await signUp(service);
    const other = await signUp(service);
    const body = { foundedOn: '2018-03-01' };
    const elsewhere = await service.token({ roles: ['officer'], territory: '13' });
    const editor = await service.token({ roles: ['editor'], territory: 'ID' });
    expect((await edit(signedUp, body, other.statusToken)).status).toBe(403);
    expect((await edit(signedUp, body, elsewhere)).status).toBe(404);
    expect((await edit(signedUp, body, editor)).status).toBe(403);
    expect((await edit(signedUp, body, officer)).status).toBe(200);
  });

  it('takes older book years from the office', async () => {
    const signedUp = await signUp(service);
    const body = { annualMeetings: [{ bookYear: 2017 }, { bookYear: 2018 }, { bookYear: 2019 }] };
    const refused = await edit(signedUp, body);
    expect(codesOf(refused)).toEqual([
      ['/annualMeetings/0/bookYear', 'older_year_through_office'],
      ['/annualMeetings/1/bookYear', 'older_year_through_office'],
    ]);
    const { body: profile } = await edit(signedUp, body, officer);
    expect(profile).toMatchObject({ grade: 'A', annualMeetings: [{ source: 'officer' }, {}, {}] });
  });

  it('refuses what law and calendar speak against', async () => {
    const primary = await signUp(service);
    const secondary = await signUp(service, aSignUp({ form: 'secondary' }));
    const answer = await edit(primary, {
      foundedOn: '2020-10-09',
      annualMeetings: [{ bookYear: 2020 }, { bookYear: 2019, heldOn: '2019-11-30' }],
      membershipCounts: { men: 4, women: 4, founders: 8 },
      memberCooperatives: [primary.id],
    });
    expect(answer.status).toBe(422);
    expect(codesOf(answer)).toEqual([
      ['/foundedOn', 'future_date'],
      ['/annualMeetings/0/bookYear', 'not_closed_yet'],
      ['/annualMeetings/1/bookYear', 'before_founding'],
      ['/annualMeetings/1/heldOn', 'before_book_year_end'],
      ['/membershipCounts/founders', 'too_few_founders'],
      ['/memberCooperatives', 'not_for_this_form'],
      ['/memberCooperatives', 'unknown_cooperative'],
    ]);
    expect(codesOf(await edit(secondary, { memberCooperatives: [primary.id] }))).toEqual([
      ['/memberCooperatives', 'too_few_members'],
    ]);
  });

  it('refuses a number that another cooperative holds, as at sign-up, also of two at the same moment', async () => {
    const holder = aSignUp();
    const { id } = await signUp(service, holder);
    const [first, second] = [await signUp(service), await signUp(service)];
    const { status, body } = await edit(first, { legalEntityNumber: `No. ${holder.legalEntityNumber}` });
    expect([status, body]).toMatchObject([
      409,
      {
        code: 'duplicate_cooperative',
        survivor: `/v1/cooperatives/${id}`,
        claimUrl: `/v1/cooperatives/${id}/claims`,
      },
    ]);
    const same = { nikKoperasi: '9999000011112222' };
    const both = await Promise.all([edit(first, same), edit(second, same)]);
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  it('leaves what was verified to the office', async () => {
    const signedUp = await signUpVerified(service);
    const { body } = await service.http.post(`/v1/cooperatives/${signedUp.id}/submit`).set(as(signedUp.statusToken));
    await service.http
      .post(`/v1/review-cases/${body.reviewCase.id}/decision`)
      .set(as(officer))
      .send({ decision: 'approve' })
      .expect(200);
    const change = { legalEntityNumber: '77/BH/XX/2011' };
    expect((await edit(signedUp, change)).body).toMatchObject({ code: 'verified_fact', fact: 'legalEntityNumber' });
    expect((await edit(signedUp, change, officer)).status).toBe(200);
  });

  it('knows no other field', async () => {
    expect(codesOf(await edit(await signUp(service), { registration: 'verified' }))).toEqual([
      ['/registration', 'unknown_field'],
    ]);
  });
});
