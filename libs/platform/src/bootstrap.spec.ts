import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually } from '../../../test/support/eventually';
import { createStores, type TestStores } from '../../../test/support/start-service';
import { proxied } from '../../../test/support/tcp-proxy';
import { bootstrap } from './bootstrap';

const SUPPORT = path.resolve(__dirname, '../../../test/support');

interface Program {
  child: ChildProcess;
  output(): string;
  line(text: string): Record<string, unknown>;
  code: Promise<number | null>;
}

function run(env: NodeJS.ProcessEnv): Program {
  const child = spawn(
    process.execPath,
    ['-r', path.join(SUPPORT, 'typescript.cjs'), path.join(SUPPORT, 'slow-service.ts')],
    {
      env: { ...process.env, LOG_LEVEL: 'info', PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const line = (text: string) =>
    JSON.parse(output.split('\n').find((entry) => entry.includes(`"${text}"`)) ?? 'null') as Record<string, unknown>;
  return { child, output: () => output, line, code: once(child, 'exit').then(([code]) => code as number | null) };
}

describe(bootstrap.name, () => {
  let stores: TestStores;
  let program: Program | undefined;
  beforeAll(async () => {
    stores = await createStores();
  });
  afterEach(() => {
    program?.child.kill('SIGKILL');
  });
  afterAll(() => stores?.drop());

  const start = (env: NodeJS.ProcessEnv = {}) => {
    program = run({ DB_PREFIX: stores.dbPrefix, RABBITMQ_URL: stores.rabbitmqUrl, ...env });
    return program;
  };
  const url = () => eventually(() => program?.line('listening').at as string, 20_000);

  it.each(['SIGTERM', 'SIGINT'] as const)('answers what it took, closes and exits 0 on %s', async (signal) => {
    const { child, output, line, code } = start();
    const base = await url();
    await eventually(() => expect(line('started')).toMatchObject({ service: 'reporting' }));
    const answer = fetch(`${base}/v1/slow`).then((response) => response.json());
    await eventually(() => expect(output()).toContain('REQUEST'));
    child.kill(signal);
    await expect(answer).resolves.toEqual({ done: true });
    expect(await code).toBe(0);
    await expect(fetch(`${base}/health/live`)).rejects.toThrow();
    expect(output()).not.toMatch(/"level":"(error|fatal)"|Unhandled|Warning/);
  });

  it('says everything that is wrong with its configuration and exits 1', async () => {
    const { output, code } = start({ PORT: 'x', ROLES: 'queen', REDIS_URL: 'here' });
    expect(await code).toBe(1);
    expect(output()).toContain('The configuration is not usable:\n  - ROLES must');
    expect(output()).toContain('  - PORT must be a port number.\n  - REDIS_URL must be');
    expect(output()).not.toContain('    at ');
  });

  it('waits for a store that is away, and still ends by signal', async () => {
    const door = await proxied(process.env.MONGODB_URI as string);
    await door.cut();
    const { child, line, code } = start({ MONGODB_URI: door.url, MONGODB_TIMEOUT_MS: '200' });
    const base = await url();
    expect((await fetch(`${base}/health/ready`)).status).toBe(503);
    await door.restore();
    await eventually(() => expect(line('started')).not.toBeNull());
    expect((await fetch(`${base}/health/ready`)).status).toBe(200);
    await door.cut();
    child.kill('SIGTERM');
    expect(await code).toBe(0);
  });
});
