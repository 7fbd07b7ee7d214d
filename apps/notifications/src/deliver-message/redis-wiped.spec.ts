import { JobTimer } from '@idxcoop/platform';
import { Redis } from 'ioredis';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../../test/support/command';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { DeliverMessageJob } from './deliver-message.job';

const QUEUE = 'notifications-deliver';

/** A Redis of this spec alone: FLUSHALL reaches everybody on a shared one. */
async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-wiped-'));
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child: ChildProcess = spawn('redis-server', args, { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  await eventually(async () => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } finally {
      client.disconnect();
    }
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe(`${DeliverMessageJob.name} on a Redis that is wiped`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let planner: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    redis = await startRedis();
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
