import { freePort, type Running, run, start, temporaryHome } from '../support/command';
import { eventually } from '../support/eventually';
import { createStores, type TestStores } from '../support/start-service';

/** The whole system as an operator runs it: each service and role as its own process, reached by the joined port only. */
describe('npm run services', () => {
  const { home, remove } = temporaryHome();
  let env: NodeJS.ProcessEnv;
  let stores: TestStores;
  let services: Running;
  let url: string;

  beforeAll(async () => {
    stores = await createStores();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    env = {
      PORT: String(port),
      IDXCOOP_HOME: home,
      IDXCOOP_URL: url,
      DB_PREFIX: stores.dbPrefix,
      RABBITMQ_URL: stores.rabbitmqUrl,
      NODE_ENV: 'development',
      STORY_DEADLINE: '60',
    };
    services = start('services.mjs', ['--scale', 'notifications:jobs=2'], env);
    await Promise.race([
      eventually(() => expect(services.said()).toContain('IDXCOOP is ready'), 150_000),
      services.ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
    ]);
  }, 180_000);

  afterAll(async () => {
    await services?.stop();
    await stores?.drop();
    remove();
  }, 60_000);

  it('tells the story of one sign-up to its end', async () => {
    const { code, stdout, stderr } = await run('story.mjs', ['--json'], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { complete, steps } = JSON.parse(stdout) as { complete: boolean; steps: { step: string }[] };
    expect(complete).toBe(true);
    expect(steps.map(({ step }) => step)).toEqual([
      'target set',
      'signed up',
      'e-mail',
      'WhatsApp',
      'verified',
      'welcomed',
      'submitted',
      'reviewed',
      'told',
      'progress',
      'found',
    ]);
  }, 120_000);

  const progress = async (query: string) =>
    (await (await fetch(`${url}/v1/targets/idxcoop-2020/progress?asOf=2020-10-08${query}`)).json()) as Record<
      string,
      unknown
    >;

  it('answers for the article as it was known that day', async () => {
    const answer = await progress('&knownAt=2020-10-08');
    expect(answer).toMatchObject({
      asOf: '2020-10-08',
      actual: 310,
      remaining: 190,
      progressPercent: 62,
      areasReached: { provinces: 14, of: 34 },
      coverage: { eligible: 123_048, percent: 0.25 },
      days: { left: 84, workingLeft: 51, calendarVersion: '2020-05-20' },
      requiredPace: { perDay: 2.262, perWeek: 15.83, perWorkingDay: 3.73 },
      averagePace: null,
      recentPace: null,
      status: { state: 'insufficient_history' },
      forecast: null,
      provisional: false,
    });
  });

  it.each(['', '&knownAt=2020-12-01'])('counts the working days of the later decrees with "%s"', async (query) => {
    expect(await progress(query)).toMatchObject({
      actual: 310,
      days: { left: 84, workingLeft: 53 },
      requiredPace: { perDay: 2.262, perWorkingDay: 3.58 },
    });
  });

  it('routes nothing internal and no path that nobody owns', async () => {
    for (const path of ['/internal/officials', '/v1/nothing', '/']) {
      expect((await fetch(url + path)).status).toBe(404);
    }
  });

  it.each([
    ['queues', 0],
    ['outbox', 0],
    ['dead list', 0],
    ['topology diff', 0],
    ['reporting rebuild --check', 0],
    ['dead redrive', 2],
    ['no such command', 2],
  ])('operations: "%s" ends with exit code %i', async (command, expected) => {
    const { code, stdout } = await run('ops.mjs', [...command.split(' '), '--json'], env);
    expect(code).toBe(expected);
    if (expected === 0) expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });

  it('ends with exit code 0 and everything that it started', async () => {
    const { code } = await services.stop();
    expect(code).toBe(0);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  }, 60_000);
});
