const { fork } = require('node:child_process');
const { once } = require('node:events');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');

const root = join(__dirname, '..');
const own = createRequire(join(root, 'package.json'));
const built = (path) => own(join(root, 'dist', path));

/** The provider, and how many messages a second arrived there between two of them. */
async function startProvider(delay) {
  const child = fork(join(__dirname, 'provider.cjs'), [String(delay)]);
  const [{ port }] = await once(child, 'message');
  const url = `http://127.0.0.1:${port}`;
  const arrivals = async () => {
    child.send('arrivals');
    const [message] = await once(child, 'message');
    return message.arrivals;
  };
  return {
    url,
    async rate(from, to) {
      let moments = [];
      while (moments.length < to) {
        await pause(100);
        moments = await arrivals();
      }
      return { perSecond: ((to - from) * 1000) / (moments[to - 1] - moments[from - 1]) };
    },
    stop: () => child.kill(),
  };
}

const environmentOf = ({ url, management, mongodbUri, redisUrl, dbPrefix }, provider) => ({
  NODE_ENV: 'test',
  LOG_LEVEL: 'fatal',
  PORT: '0',
  MONGODB_URI: mongodbUri,
  RABBITMQ_URL: url,
  RABBITMQ_MANAGEMENT_URL: management,
  REDIS_URL: redisUrl,
  DB_PREFIX: dbPrefix,
  ONBOARDING_URL: provider.url,
  WHATSAPP_API_URL: `${provider.url}/v23.0`,
  WHATSAPP_TOKEN: 'bench',
  WHATSAPP_PHONE_NUMBER_ID: '1',
  // What is measured is ours, not what Meta allows.
  WHATSAPP_RATE: '1000',
  WHATSAPP_DAILY_PEOPLE: '1000000',
});

async function startService(environment, roles) {
  own('reflect-metadata');
  const { createService, loadConfig } = built('libs/platform/src/index.js');
  const { NotificationsModule } = built('apps/notifications/src/notifications.module.js');
  const config = loadConfig(environment).with({ roles: new Set(roles) });
  const service = await createService(NotificationsModule, { config });
  await service.started;
  return service;
}

/** Plans codes to so many people; they wait in MongoDB and in the queue. */
async function plan(service, count) {
  const { Mongo, newId } = built('libs/platform/src/index.js');
  const { Messages } = built('apps/notifications/src/message/messages.js');
  const { settingsOf } = built('apps/notifications/src/workflow/workflows.js');
  const [mongo, messages] = [service.app.get(Mongo), service.app.get(Messages)];
  for (let planned = 0; planned < count; planned += 100) {
    await mongo.transaction(async (session) => {
      for (let index = planned; index < planned + 100; index += 1) {
        const details = { flowId: newId(), sendNumber: 1 };
        const recipient = { recipientKind: 'contact', recipientId: newId(), channel: 'whatsapp', language: 'id' };
        const settings = settingsOf('verification', new Date());
        await messages.plan({ cause: newId(), template: 'verification', ...recipient, details, ...settings }, session);
      }
    });
  }
}

/** Everything of a run is gone afterwards. */
async function clear(environment) {
  const { mongo } = own('mongoose');
  const { Redis } = own('ioredis');
  const client = await new mongo.MongoClient(environment.MONGODB_URI).connect();
  await client.db(`${environment.DB_PREFIX}_notifications`).dropDatabase();
  await client.close();
  const redis = new Redis(environment.REDIS_URL);
  for await (const keys of redis.scanStream({ match: `${environment.DB_PREFIX}:*`, count: 500 }))
    if (keys.length > 0) await redis.unlink(keys);
  redis.disconnect();
}

/** The product: claim, ask onboarding, limits, leave, record with its fact. */
async function product(options) {
  const { warmup, count, delay } = options;
  const provider = await startProvider(delay);
  const environment = environmentOf(options, provider);
  const planner = await startService(environment, ['api']);
  await plan(planner, warmup + count);
  const worker = await startService(environment, ['jobs']);
  const result = await provider.rate(warmup, warmup + count);
  await worker.close();
  await planner.close();
  await clear(environment);
  provider.stop();
  return result;
}

/** A BullMQ worker that does nothing but the request. */
async function bullmq(options) {
  const { warmup, count, delay, concurrency, dbPrefix, redisUrl } = options;
  const { Queue, Worker } = own('bullmq');
  const { Redis } = own('ioredis');
  const provider = await startProvider(delay);
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const shared = { connection, prefix: dbPrefix };
  const queue = new Queue('bench', shared);
  const ids = Array.from({ length: warmup + count }, (_, index) => `m-${index}`);
  await queue.addBulk(ids.map((id) => ({ name: 'bench', data: { id }, opts: { jobId: id, removeOnComplete: true } })));
  const send = async ({ data }) => {
    const body = JSON.stringify({ messaging_product: 'whatsapp', to: data.id, type: 'template' });
    const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' };
    const answer = await fetch(`${provider.url}/v23.0/1/messages`, { method: 'POST', headers, body });
    await answer.text();
  };
  const worker = new Worker('bench', send, { ...shared, concurrency });
  const result = await provider.rate(warmup, warmup + count);
  await worker.close();
  await queue.close();
  connection.disconnect();
  await clear({ MONGODB_URI: options.mongodbUri, DB_PREFIX: dbPrefix, REDIS_URL: redisUrl });
  provider.stop();
  return result;
}

/** So many worker processes of the product against one provider. */
const workers = (number) => async (options) => {
  const { warmup, perWorker, delay, concurrency } = options;
  const count = perWorker * number;
  const provider = await startProvider(delay);
  const environment = environmentOf(options, provider);
  const planner = await startService(environment, ['api']);
  await plan(planner, Math.ceil((warmup * number + count) / 100) * 100);
  const env = {
    ...process.env,
    ...environment,
    ROLES: 'jobs',
    JOB_CONCURRENCY: `notifications-deliver=${concurrency}`,
  };
  const main = join(root, 'dist/apps/notifications/src/main.js');
  const children = Array.from({ length: number }, () => fork(main, { env, stdio: 'ignore' }));
  // A worker that starts later makes the first messages come slower: they are not counted.
  const result = await provider.rate(warmup * number, warmup * number + count);
  await Promise.all(
    children.map((child) => {
      child.kill('SIGKILL');
      return once(child, 'exit');
    }),
  );
  await planner.close();
  await clear(environment);
  provider.stop();
  return result;
};

module.exports = { product, bullmq, one: workers(1), two: workers(2), four: workers(4), eight: workers(8) };
