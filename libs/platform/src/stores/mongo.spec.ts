import { Controller, Get, Module } from '@nestjs/common';
import { InjectModel, MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Mongo, newId, Public } from '@idxcoop/platform';
import type { Model } from 'mongoose';
import { eventually } from '../../../../test/support/eventually';
import {
  createStores,
  type StartedService,
  startService,
  type TestStores,
} from '../../../../test/support/start-service';
import { proxied, type TcpProxy } from '../../../../test/support/tcp-proxy';

@Schema({ collection: 'counters' })
class Counter {
  @Prop({ type: String, default: newId }) _id!: string;
  @Prop({ type: String, unique: true }) name!: string;
  @Prop({ type: Number, default: 0 }) value!: number;
}

@Controller('v1/counters')
class CountersController {
  constructor(@InjectModel(Counter.name) readonly counters: Model<Counter>) {}

  @Public()
  @Get()
  async count() {
    return { count: await this.counters.countDocuments() };
  }
}

@Module({
  imports: [MongooseModule.forFeature([{ name: Counter.name, schema: SchemaFactory.createForClass(Counter) }])],
  controllers: [CountersController],
})
class CountersModule {
  static readonly service = 'content-indexing' as const;
}

describe(Mongo.name, () => {
  let service: StartedService;
  let mongo: Mongo;
  let counters: Model<Counter>;

  beforeAll(async () => {
    service = await startService(CountersModule, { roles: ['api'] });
    mongo = service.mongo;
    counters = service.get(CountersController).counters;
  });
  afterAll(() => service?.close());

  it('has made all collections and indexes of the service in its own database', async () => {
    expect(mongo.connection.db?.databaseName).toBe(`${service.stores.dbPrefix}_content_indexing`);
    const names = (await mongo.connection.db?.listCollections().toArray())?.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['counters', 'idempotency_keys']));
    const indexes = await mongo.connection.collection('idempotency_keys').indexes();
    expect(indexes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['one_answer_per_route_caller_and_key', 'keys_live_24_hours']),
    );
    await counters.create({ name: 'once' });
    await expect(counters.create({ name: 'once' })).rejects.toMatchObject({ code: 11000 });
  });

  it('refuses to start where a build with other indexes has been', async () => {
    const stores = await createStores();
    const before = await startService(CountersModule, { roles: ['api'], stores });
    await before.mongo.connection.collection('counters').dropIndex('name_1');
    await before.mongo.connection.collection('counters').createIndex({ name: 1 }, { name: 'name_1' });
    await before.close();
    await expect(startService(CountersModule, { roles: ['api'], stores })).rejects.toThrow(
      /The indexes of \S+\.counters differ from what this build declares: drop the one that changed/,
    );
    await stores.drop();
  });

  it('commits all or nothing', async () => {
    const failing = mongo.transaction(async (session) => {
      await counters.create([{ name: 'a' }], { session });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await counters.countDocuments({ name: 'a' })).toBe(0);
  });

  it('runs a transaction again that met another, until both are in', async () => {
    await counters.create({ name: 'hot' });
    let attempts = 0;
    const raise = () =>
      mongo.transaction(async (session) => {
        attempts += 1;
        const found = await counters.findOne({ name: 'hot' }, null, { session }).orFail();
        await counters.updateOne({ _id: found._id }, { $set: { value: found.value + 1 } }, { session });
      });
    await Promise.all(Array.from({ length: 10 }, raise));
    expect((await counters.findOne({ name: 'hot' }))?.value).toBe(10);
    expect(attempts).toBeGreaterThan(10);
  });

  it('does after the commit what the attempt that was committed asked for, once', async () => {
    const done: number[] = [];
    let attempt = 0;
    const result = await mongo.transaction(async (session) => {
      attempt += 1;
      const mine = attempt;
      mongo.afterCommit(session, () => done.push(mine));
      if (mine === 1)
        throw Object.assign(new (await import('mongodb')).MongoServerError({ message: 'conflict' }), {
          errorLabelSet: new Set(['TransientTransactionError']),
        });
      return 'result';
    });
    expect(result).toBe('result');
    expect(done).toEqual([2]);
  });

  it('does nothing after an abort, and survives what fails after a commit', async () => {
    const done: string[] = [];
    await mongo
      .transaction(async (session) => {
        mongo.afterCommit(session, () => done.push('aborted'));
        throw new Error('no');
      })
      .catch(() => {});
    await mongo.transaction(async (session) => {
      mongo.afterCommit(session, () => {
        throw new Error('later');
      });
      mongo.afterCommit(session, () => done.push('second'));
    });
    expect(done).toEqual(['second']);
  });
});

describe('MongoDB away', () => {
  let stores: TestStores;
  let door: TcpProxy & { url: string };
  let service: StartedService | undefined;

  beforeAll(async () => {
    stores = await createStores();
    door = await proxied(process.env.MONGODB_URI as string);
    await door.cut();
  });
  afterAll(async () => {
    await service?.close();
    await door.close();
    await stores.drop();
  });

  it('is waited for at the start, with readiness red, and comes back by itself', async () => {
    const config = { mongodbUri: door.url, mongodbTimeout: 300 };
    const starting = startService(CountersModule, { roles: ['api'], stores, config, waitForStart: false });
    service = await starting;
    await service.http.get('/health/live').expect(200);
    await service.http.get('/health/ready').expect(503, { status: 'unavailable', missing: ['mongodb'] });
    const refused = await service.http.get('/v1/counters').expect(503);
    expect(refused.body).toMatchObject({ code: 'unavailable', status: 503 });
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);

    await door.restore();
    await service.started;
    await eventually(() => service?.http.get('/health/ready').expect(200));
    await service.http.get('/v1/counters').expect(200, { count: 0 });

    await door.cut();
    await eventually(() => service?.http.get('/health/ready').expect(503));
    await service.http.get('/v1/counters').expect(503);
    await door.restore();
    await eventually(() => service?.http.get('/v1/counters').expect(200));
    await eventually(() => service?.http.get('/health/ready').expect(200));
  });

  it('ends a service that never met it', async () => {
    const other = await startService(CountersModule, {
      roles: ['api'],
      stores,
      config: { mongodbUri: 'mongodb://127.0.0.1:1', mongodbTimeout: 200 },
      waitForStart: false,
    });
    await other.close();
  });
});
