import { Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { startPrivateRedis } from '../../../../test/support/private-redis';
import { DeliverMessageJob } from '../deliver-message/deliver-message.job';
import { limitsOf } from './line-limits';
import { Places } from './places';
import { SentBefore } from './sent-before';

describe(SentBefore.name, () => {
  let redis: Awaited<ReturnType<typeof startPrivateRedis>>;
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let client: Redis;
  const arrived = (to: string) => notifications.providers.messages({ to }).map(({ at }) => new Date(at).getTime());

  beforeAll(async () => {
    redis = await startPrivateRedis();
    client = new Redis(redis.url);
    client.on('error', () => undefined);
    notifications = await startNotifications({
      config: { redisUrl: redis.url, whatsappDailyPeople: 4, whatsappReservedPercent: 0 },
    });
  });
  afterAll(async () => {
    client?.disconnect();
    await notifications?.close();
    await redis?.stop();
  });

  it('lets nobody wait where nothing was ever sent', async () => {
    const { cause } = await notifications.requestVerification('whatsapp');
    const { history } = await notifications.reaches(cause, 'delivered');
    expect(history.map(({ state }) => state)).not.toContain('held');
  });

  it('waits after a wipe until what it cannot see has passed, and still knows the people of the day', async () => {
    for (let people = 1; people < 3; people += 1) {
      await notifications.reaches((await notifications.requestVerification('whatsapp')).cause, 'delivered');
    }
    await client.flushall();
    const wipedAt = Date.now();
    const next = await notifications.requestVerification('whatsapp');
    await eventually(async () =>
      expect(await notifications.messages.findOne({ cause: next.cause })).toMatchObject({
        state: 'held',
        code: 'limits_unavailable',
      }),
    );
    await notifications.reaches(next.cause, 'delivered', 20_000);
    expect(arrived(next.address)[0]).toBeGreaterThanOrEqual(wipedAt + 6_000);
    const fifth = await notifications.requestVerification('whatsapp');
    await eventually(async () =>
      expect(await notifications.messages.findOne({ cause: fifth.cause })).toMatchObject({
        state: 'held',
        code: 'daily_budget',
      }),
    );
    expect(arrived(fifth.address)).toEqual([]);
  });

  it('counts again for a Redis that was started again with an old memory', async () => {
    const limits = limitsOf('whatsapp', notifications.service.config);
    const key = (name: string) => `${notifications.service.config.dbPrefix}:limits:{${limits.line}}:${name}`;
    await client.del(key('people'));
    await client.hset(key('state'), 'run', 'of an earlier life');
    const take = () =>
      notifications.service.get(Places).take(limits, { lane: 'urgent', person: 'new', allowedPeople: 4 });
    expect(await take()).toMatchObject({ limit: 'forgotten' });
    expect(await notifications.service.get(SentBefore).restore(limits)).toBe(true);
    expect(await client.zcard(key('people'))).toBe(4);
    expect(await take()).toMatchObject({ limit: 'blocked' });
  });

  it('sends nothing while Redis is away', async () => {
    const own = await startPrivateRedis();
    const without = await startNotifications({ roles: ['api', 'events'], config: { redisUrl: own.url } });
    try {
      const { cause, address } = await without.requestVerification('email');
      const { _id: messageId } = await without.reaches(cause, 'planned');
      await own.stop();
      await without.service.get(DeliverMessageJob).process({ messageId });
      expect(await without.messages.findOne({ cause })).toMatchObject({ state: 'held', code: 'limits_unavailable' });
      expect(without.providers.messages({ to: address })).toEqual([]);
    } finally {
      await without.close();
    }
  });
});
