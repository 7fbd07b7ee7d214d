import { JobTimer } from '@idxcoop/platform';
import { Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { startPrivateRedis } from '../../../../test/support/private-redis';
import { DeliverMessageJob } from './deliver-message.job';

const QUEUE = 'notifications-deliver';

describe(`${DeliverMessageJob.name} on a Redis that is wiped`, () => {
  let redis: Awaited<ReturnType<typeof startPrivateRedis>>;
  let planner: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    redis = await startPrivateRedis();
    planner = await startNotifications({ roles: ['api', 'events'], config: { redisUrl: redis.url } });
  });
  afterAll(async () => {
    await planner.close();
    await redis.stop();
  });

  it('delivers once what was planned before the wipe', async () => {
    const planned = await Promise.all(
      Array.from({ length: 10 }, (_, index) => planner.requestVerification(index % 2 ? 'email' : 'whatsapp')),
    );
    for (const { cause } of planned) await planner.reaches(cause, 'planned');
    const client = new Redis(redis.url);
    const key = `${planner.service.config.dbPrefix}:${QUEUE}:wait`;
    await eventually(async () => expect(await client.llen(key)).toBe(10));
    await client.flushall();
    expect(await client.dbsize()).toBe(0);
    client.disconnect();

    const { onboardingUrl } = planner.service.config;
    const worker = await startNotifications({
      roles: ['jobs', 'schedules'],
      stores: planner.service.stores,
      config: { ...planner.providers.settings, onboardingUrl, redisUrl: redis.url },
    });
    try {
      for (const { cause } of planned) {
        await eventually(async () => {
          expect((await planner.messages.findOne({ cause }))?.sentAt).toBeDefined();
        });
      }
      await worker.service.get(JobTimer).tick();
      for (const { address } of planned) expect(planner.providers.messages({ to: address })).toHaveLength(1);
    } finally {
      await worker.close();
    }
  });
});
