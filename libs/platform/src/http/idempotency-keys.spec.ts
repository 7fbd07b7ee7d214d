import { Body, Controller, Module, Post, Req, Res } from '@nestjs/common';
import {
  forbidden,
  Idempotent,
  IdempotencyKeys,
  Mongo,
  newId,
  problem,
  Public,
  Roles,
  unauthenticated,
  unavailable,
} from '@idxcoop/platform';
import { IsOptional, IsString } from 'class-validator';
import type { Request, Response } from 'express';
import type { Model } from 'mongoose';
import { eventually } from '../../../../test/support/eventually';
import { type StartedService, startService } from '../../../../test/support/start-service';
import type { IdempotencyRecord } from './idempotency.schema';

const duplicate = problem('duplicate_cooperative', 409, { id: 'Sudah ada', en: 'There already' });

class ThingDto {
  @IsString() name!: string;
  @IsOptional() @IsString() mood?: string;
}

@Controller('v1/things')
class ThingsController {
  effects = 0;
  gate: Promise<void> = Promise.resolve();
  entered = 0;

  constructor(
    private readonly mongo: Mongo,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  @Public()
  @Idempotent({ fill: 'withToken', location: ({ id }: { id: string }) => `/v1/things/${id}` })
  @Post()
  create(@Body() body: ThingDto) {
    return this.effect(body);
  }

  withToken(answer: { id: string }) {
    return { ...answer, token: `token-of-${answer.id}` };
  }

  @Roles()
  @Idempotent()
  @Post('mine')
  createMine(@Body() body: ThingDto) {
    return this.effect(body);
  }

  @Public()
  @Idempotent()
  @Post('unrecorded')
  createUnrecorded(@Body() body: ThingDto, @Res({ passthrough: true }) response: Response) {
    this.effects += 1;
    response.status(202).location(`/v1/jobs/${body.name}`);
    return { number: this.effects };
  }

  @Public()
  @Idempotent()
  @Post('guarded')
  createGuarded(@Body() body: ThingDto, @Req() request: Request) {
    const token = request.header('Authorization')?.split(' ')[1];
    if (!token) throw unauthenticated();
    if (token !== 'ani' && token !== 'budi') throw forbidden();
    return this.effect(body);
  }

  private async effect(body: ThingDto) {
    this.entered += 1;
    await this.gate;
    if (body.mood === 'duplicate') throw duplicate({ survivor: '/v1/things/1' });
    return this.mongo.transaction(async (session) => {
      const answer = { id: newId(), name: body.name };
      await this.idempotency.record(answer, session);
      await this.mongo.connection.collection('things').insertOne({ name: body.name }, { session });
      if (body.mood === 'away') throw unavailable();
      if (body.mood === 'bug') throw new Error('a bug');
      return answer;
    });
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {
  static readonly service = 'onboarding' as const;
}

describe(IdempotencyKeys.name, () => {
  let service: StartedService;
  let controller: ThingsController;
  let keys: Model<IdempotencyRecord>;
  let key: string;
  const post = (body: object, path = '/v1/things') => service.http.post(path).set('Idempotency-Key', key).send(body);
  const things = (name: string) => service.mongo.connection.collection('things').countDocuments({ name });

  beforeAll(async () => {
    service = await startService(ThingsModule, { roles: ['api'], config: { logLevel: 'silent' } });
    controller = service.get(ThingsController);
    keys = service.mongo.connection.models.IdempotencyKey as Model<IdempotencyRecord>;
    await service.mongo.connection.createCollection('things');
  });
  beforeEach(() => {
    key = newId();
    controller.gate = Promise.resolve();
  });
  afterAll(() => service?.close());

  it('gives the stored answer to the same key and body, whatever the order of its members', async () => {
    const first = await post({ name: 'one', mood: 'good' }).expect(201);
    const second = await post({ mood: 'good', name: 'one' }).expect(201);
    expect(second.body).toEqual(first.body);
    expect(second.body.token).toBe(`token-of-${first.body.id}`);
    expect(second.headers.location).toBe(first.headers.location);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(await things('one')).toBe(1);
  });

  it('stores no token and nothing of the request', async () => {
    await post({ name: 'quiet' }).expect(201);
    const stored = await keys.findOne({}).sort({ _id: -1 }).lean();
    expect(stored).toMatchObject({ route: 'POST /v1/things', caller: 'public', state: 'done', status: 201 });
    expect(JSON.stringify(stored)).not.toMatch(/token-of/);
    expect(stored?.key).not.toBe(key);
    expect(Number(stored?.expiresAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  });

  it('takes effect each time without a key', async () => {
    await service.http.post('/v1/things').send({ name: 'free' }).expect(201);
    await service.http.post('/v1/things').send({ name: 'free' }).expect(201);
    expect(await things('free')).toBe(2);
  });

  it('refuses the key for another body', async () => {
    await post({ name: 'two' }).expect(201);
    const { body } = await post({ name: 'three' }).expect(422);
    expect(body.code).toBe('idempotency_key_reused');
    expect(await things('three')).toBe(0);
  });

  it('refuses the second while the first runs, and answers it afterwards', async () => {
    let open = () => {};
    controller.gate = new Promise((resolve) => {
      open = resolve;
    });
    const { entered } = controller;
    const first = post({ name: 'slow' }).then((answer) => answer);
    await eventually(() => expect(controller.entered).toBe(entered + 1));
    const second = await post({ name: 'slow' }).expect(409);
    expect(second.body.code).toBe('idempotency_in_progress');
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
    open();
    const { body } = await first;
    expect((await post({ name: 'slow' }).expect(201)).body).toEqual(body);
    expect(await things('slow')).toBe(1);
  });

  it('lets one of many at once through', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post({ name: 'many' }).then(({ status }) => status)),
    );
    expect(answers.filter((status) => status === 201).length).toBeGreaterThanOrEqual(1);
    expect(new Set(answers)).toEqual(new Set([201, 409].filter((status) => answers.includes(status))));
    expect(await things('many')).toBe(1);
  });

  it('gives a refusal again', async () => {
    const first = await post({ name: 'x', mood: 'duplicate' }).expect(409);
    const second = await post({ name: 'x', mood: 'duplicate' }).expect(409);
    expect(second.body).toEqual({ ...first.body, traceId: second.body.traceId });
    expect(second.headers['idempotent-replayed']).toBe('true');
    const invalid = newId();
    key = invalid;
    await post({}).expect(422);
    expect((await post({}).expect(422)).headers['idempotent-replayed']).toBe('true');
  });

  it.each([
    ['away', 503],
    ['bug', 500],
  ])('frees the key after %s', async (mood, status) => {
    await post({ name: mood, mood }).expect(status);
    expect(await keys.countDocuments({ state: 'running' })).toBe(0);
    await post({ name: mood }).expect(201);
    expect(await things(mood)).toBe(1);
  });

  it('keeps callers, routes and the public apart', async () => {
    const tokens = await Promise.all(['a', 'b'].map((subject) => service.token({ subject })));
    for (const token of tokens)
      await post({ name: 'own' }, '/v1/things/mine').set('Authorization', `Bearer ${token}`).expect(201);
    await post({ name: 'own' }).expect(201);
    expect(await things('own')).toBe(3);
  });

  it('keeps holders of tokens apart that a handler checks itself, and gives nothing to who has none', async () => {
    const guarded = (name: string, token: string) =>
      post({ name }, '/v1/things/guarded').set('Authorization', token && `Bearer ${token}`);
    const { body } = await guarded('of ani', 'ani').expect(201);
    await guarded('of budi', 'budi').expect(201);
    await guarded('of ani', '').expect(401);
    await guarded('of ani', 'chandra').expect(403);
    expect((await guarded('of ani', 'ani').expect(201)).body).toEqual(body);
    expect(JSON.stringify(await keys.find({ caller: /^token:/ }).lean())).not.toMatch(/"token:(ani|budi)/);
  });

  it('stores no 401 and 403', async () => {
    const guarded = (token: string) => post({ name: 'g' }, '/v1/things/guarded').set('Authorization', token);
    for (const [token, status] of [
      ['', 401],
      ['Bearer chandra', 403],
    ] as const) {
      await guarded(token).expect(status);
      expect((await guarded(token).expect(status)).headers['idempotent-replayed']).toBeUndefined();
    }
  });

  it('takes over a key whose holder died, and lets a holder that was only slow have no effect', async () => {
    let open = () => {};
    controller.gate = new Promise((resolve) => {
      open = resolve;
    });
    const { entered } = controller;
    const slow = post({ name: 'lease' }).then((answer) => answer);
    await eventually(() => expect(controller.entered).toBe(entered + 1));
    await keys.updateOne({ state: 'running' }, { $set: { leaseUntil: new Date(Date.now() - 1) } });
    controller.gate = Promise.resolve();
    const { body } = await post({ name: 'lease' }).expect(201);
    open();
    expect((await slow).status).toBe(409);
    expect(await things('lease')).toBe(1);
    expect((await post({ name: 'lease' }).expect(201)).body).toEqual(body);
  });

  it('forgets a key after its day, even before the store has removed it', async () => {
    await post({ name: 'day' }).expect(201);
    await keys.updateMany({}, { $set: { expiresAt: new Date(Date.now() - 1) } });
    await post({ name: 'another' }).expect(201);
  });

  it('stores what a handler answered that records nothing', async () => {
    const first = await post({ name: 'u' }, '/v1/things/unrecorded').expect(202);
    const second = await post({ name: 'u' }, '/v1/things/unrecorded').expect(202);
    expect(second.body).toEqual(first.body);
    expect(second.headers.location).toBe('/v1/jobs/u');
  });

  it.each(['', 'with space', 'x'.repeat(256)])('refuses the key %p', async (bad) => {
    const { body } = await service.http.post('/v1/things').set('Idempotency-Key', bad).send({ name: 'x' }).expect(400);
    expect(body.code).toBe('malformed');
  });
});
