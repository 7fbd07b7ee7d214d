import { loadConfig, newId } from '@idxcoop/platform';
import { Redis } from 'ioredis';
import { DELIVER_QUEUE, Messages } from '../../apps/notifications/src/message/messages';
import { settingsOf } from '../../apps/notifications/src/workflow/workflows';
import { eventually } from '../support/eventually';
import { startNotifications } from '../support/notifications';
import { startPrivateRedis } from '../support/private-redis';
import { Child } from './fixtures/child';
import { randomOf } from './fixtures/random';
import { figure, isFull, sized } from './fixtures/scale';
import { describeWhereKillsEndTransactions, shortenTransactions } from './fixtures/transactions';

const SEED = Number(process.env['CHAOS_SEED'] ?? '1');
const MESSAGES = sized(5_000);
const KILLS = isFull ? 20 : 3;
const WIPES = isFull ? 10 : 1;
const WORKERS = 2;
/** What a worker has in hand at once, and so what a kill can leave unknown. */
const CONCURRENCY = 50;
const ENDED = ['sent', 'delivered', 'read', 'failed', 'unknown', 'expired', 'suppressed'];

jest.setTimeout(isFull ? 900_000 : 240_000);

describeWhereKillsEndTransactions('notifications: workers killed and Redis wiped while messages go out', () => {
  let redis: Awaited<ReturnType<typeof startPrivateRedis>>;
  let planner: Awaited<ReturnType<typeof startNotifications>>;
  const workers: Child[] = [];

  beforeAll(async () => {
    await shortenTransactions();
    redis = await startPrivateRedis();
    planner = await startNotifications({ roles: ['api', 'events'], config: { redisUrl: redis.url } });
  });
  afterAll(async () => {
    for (const worker of workers) await worker.end('SIGKILL');
    await planner?.close();
    await redis?.stop();
  });

  function startWorker(): Promise<Child> {
    const { config, stores } = planner.service;
    const worker = new Child({ kind: 'deliver' }, stores, {
      ...planner.providers.env,
      ROLES: 'jobs,schedules',
      REDIS_URL: redis.url,
      ONBOARDING_URL: config.onboardingUrl,
      PUBLIC_URL: config.publicUrl,
      SMTP_FROM: config.smtpFrom,
      SCHEDULE_INTERVAL_MS: '500',
      PORT: '0',
      AUTH_JWKS: config.authJwks,
      SERVICE_SECRET: loadConfig().serviceSecret,
    });
    workers.push(worker);
    return worker.said('ready');
  }

  /** Codes to as many people, half of them on each channel. */
  async function plan(): Promise<string[]> {
    const messages = planner.service.get(Messages);
    const addresses: string[] = [];
    for (let planned = 0; planned < MESSAGES; planned += 100) {
      await planner.service.mongo.transaction(async (session) => {
        for (let at = planned; at < Math.min(planned + 100, MESSAGES); at += 1) {
          const channel = at % 2 === 0 ? 'email' : 'whatsapp';
          const { contactId, address } = planner.contact(channel);
          addresses[at] = address;
          await messages.plan(
            {
              cause: newId(),
              template: 'verification',
              channel,
              language: 'id',
              recipientKind: 'contact',
              recipientId: contactId,
              details: { flowId: newId(), sendNumber: 1 },
              ...settingsOf('verification', new Date()),
            },
            session,
          );
        }
      });
    }
    return addresses;
  }

  const countOf = (filter: object) => planner.messages.countDocuments(filter);
  const unfinished = { state: { $nin: ENDED } };

  it(`doubles none of ${MESSAGES} messages under ${KILLS} kills and ${WIPES} wipes, and knows the end of each (seed ${SEED})`, async () => {
    const random = randomOf(SEED);
    const client = new Redis(redis.url);
    const addresses = await plan();
    let running = await Promise.all(Array.from({ length: WORKERS }, () => startWorker()));
    const faults = [...Array.from({ length: KILLS }, () => 'kill'), ...Array.from({ length: WIPES }, () => 'wipe')];
    for (let n = faults.length; n > 0; n -= 1) {
      const [fault] = faults.splice(Math.floor(random() * faults.length), 1);
      // Spread over the whole of the run: the next fault comes when the next share of the messages is done.
      const share = Math.floor((MESSAGES * n) / (KILLS + WIPES + 1));
      await eventually(async () => expect(await countOf(unfinished)).toBeLessThanOrEqual(share), 120_000);
      if (fault === 'wipe') await client.flushall();
      else {
        const victim = running[Math.floor(random() * running.length)] as Child;
        await victim.end('SIGKILL');
        running = [...running.filter((worker) => worker !== victim), await startWorker()];
      }
    }
    // The leases of the dead lapse after 60 and 90 s of their own time; those who live have long since let go.
    await eventually(async () => {
      const waiting = await client.llen(`${planner.service.config.dbPrefix}:${DELIVER_QUEUE}:wait`);
      const held = await countOf({ ...unfinished, lease: { $exists: true } });
      expect({ waiting, tooMany: held > KILLS * CONCURRENCY }).toEqual({ waiting: 0, tooMany: false });
    }, 180_000);
    for (const worker of running) await worker.end('SIGTERM');
    await planner.collection('messages').updateMany(unfinished, { $set: { dueAt: new Date(0) } });
    await startWorker();
    await eventually(async () => expect(await countOf(unfinished)).toBe(0), 120_000);
    client.disconnect();

    const received = new Map<string, number>();
    for (const { to } of planner.providers.messages()) received.set(to, (received.get(to) ?? 0) + 1);
    const doubled = [...received.values()].filter((times) => times > 1).length;
    const unknown = await countOf({ state: 'unknown' });
    const failed = await planner.messages.find({ state: { $in: ['failed', 'expired', 'suppressed'] } }).toArray();
    const told = await countOf({ state: { $in: ['sent', 'delivered', 'read'] } });
    figure(
      `seed ${SEED}: ${MESSAGES} messages, ${KILLS} kills, ${WIPES} wipes: ${received.size} arrived, ${doubled} doubled, ${unknown} unknown, ${failed.length} failed`,
    );
    expect({ doubled, all: told + unknown + failed.length }).toEqual({ doubled: 0, all: addresses.length });
    expect(unknown).toBeLessThanOrEqual(KILLS * CONCURRENCY);
    expect(failed.filter(({ code }) => !code)).toEqual([]);
    // Whoever is said to have been reached was reached.
    expect(addresses.filter((address) => !received.has(address)).length).toBeLessThanOrEqual(unknown + failed.length);
  });
});
