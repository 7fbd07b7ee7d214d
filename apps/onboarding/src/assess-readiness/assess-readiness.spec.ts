import { factsOf, signUp, type SignedUp } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { AssessReadinessHandler } from './assess-readiness.handler';

interface RubricBody {
  dimensions: { dimension: string; questions: { id: string }[] }[];
}

describe(AssessReadinessHandler.name, () => {
  let service: StartedService;
  let rubric: RubricBody;
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const all = (answer: number, weak?: string) =>
    Object.fromEntries(
      rubric.dimensions.flatMap(({ dimension, questions }) =>
        questions.map(({ id }) => [id, dimension === weak ? 0 : answer]),
      ),
    );
  const assess = ({ id, statusToken }: SignedUp, answers: object, token = statusToken, key?: string) =>
    service.http
      .post(`/v1/cooperatives/${id}/assessments`)
      .set({ ...as(token), ...(key && { 'Idempotency-Key': key }) })
      .send({ answers });

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    rubric = (await service.http.get('/v1/readiness-rubric').expect(200)).body as RubricBody;
  });
  afterAll(() => service?.close());

  it('asks in the language of the reader', async () => {
    const { body } = await service.http.get('/v1/readiness-rubric').set('Accept-Language', 'en').expect(200);
    expect(body).toMatchObject({ version: '2020-10', scale: [{ answer: 0, text: 'Not yet' }, {}, {}, { answer: 3 }] });
  });

  it('keeps T0 and T1 with what changed, advises on the gaps, and is what was asked for', async () => {
    const signedUp = await signUp(service);
    const first = await assess(signedUp, all(3, 'records')).expect(201);
    expect(first.body).toMatchObject({
      ...{ moment: 'T0', rubric: '2020-10', source: 'self' },
      gaps: [{ dimension: 'records', band: 'basic', advice: expect.stringContaining('buku kas') }],
    });
    expect(first.body.dimensions[1]).toEqual(
      expect.objectContaining({ dimension: 'records', score: 0, band: 'basic', change: null }),
    );
    const assistant = await service.token({ roles: ['assistant'], territory: '12.71' });
    await assess(signedUp, all(2), assistant).expect(201);
    const { body } = await service.http
      .get(`/v1/cooperatives/${signedUp.id}/assessments`)
      .set(as(signedUp.statusToken))
      .expect(200);
    expect(body.items.map(({ moment, source }: Record<string, string>) => [moment, source])).toEqual([
      ['T0', 'self'],
      ['T1', 'officer'],
    ]);
    expect(body.items[1].dimensions[1]).toMatchObject({ score: 67, band: 'capable', change: 67 });
    const status = await service.http.get(signedUp.statusUrl).set(as(signedUp.statusToken));
    expect(status.body.requirements.satisfied).toContain('selfAssessment');
    expect(status.body.activity).toBe('active');
  });

  it('tells a fact of dimensions, the weakest first, once per assessment', async () => {
    const signedUp = await signUp(service);
    const answers = all(2, 'people');
    const key = 'assessment-1';
    await assess(signedUp, answers, signedUp.statusToken, key).expect(201);
    const again = await assess(signedUp, answers, signedUp.statusToken, key).expect(201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const facts = (await factsOf(service, signedUp.id)).filter(
      ({ type }) => type === 'onboarding.readiness.assessed.v1',
    );
    expect(facts.map(({ data }) => data)).toEqual([
      expect.objectContaining({
        ...{ moment: 0, rubric: '2020-10' },
        dimensions: ['people', 'governance', 'records', 'connectivity', 'member_services', 'market_finance'],
        scores: [0, 67, 67, 67, 67, 67],
        bands: ['basic', 'capable', 'capable', 'capable', 'capable', 'capable'],
      }),
    ]);
  });

  it('numbers two at the same moment one after the other', async () => {
    const signedUp = await signUp(service);
    const both = await Promise.all([assess(signedUp, all(1)), assess(signedUp, all(2))]);
    expect(both.map(({ status, body }) => [status, body.moment]).sort()).toEqual([
      [201, 'T0'],
      [201, 'T1'],
    ]);
  });

  it('wants every question answered, of a rubric that there is', async () => {
    const signedUp = await signUp(service);
    const answers = { ...all(2), 'records.daily': 9, nonsense: 1 };
    const { body } = await assess(signedUp, answers).expect(422);
    expect(body.errors).toMatchObject([
      { pointer: '/answers/records.daily', code: 'not_on_scale' },
      { pointer: '/answers/nonsense', code: 'unknown_field' },
    ]);
    const unknown = await service.http
      .post(`/v1/cooperatives/${signedUp.id}/assessments`)
      .set(as(signedUp.statusToken))
      .send({ rubric: '1999-01', answers: all(1) })
      .expect(422);
    expect(unknown.body.errors).toMatchObject([{ pointer: '/rubric', code: 'unknown_rubric' }]);
  });

  it('is open to the cooperative and the offices of its territory only', async () => {
    const signedUp = await signUp(service);
    const elsewhere = await service.token({ roles: ['assistant'], territory: '13' });
    await assess(signedUp, all(1), elsewhere).expect(404);
    await assess(signedUp, all(1), (await signUp(service)).statusToken).expect(403);
    await service.http.get(`/v1/cooperatives/${signedUp.id}/assessments`).expect(401);
  });
});
