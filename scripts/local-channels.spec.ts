import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalChannels } from './local-channels.mjs';

describe(startLocalChannels.name, () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'local-channels-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('starts a catcher', async () => {
    const catcher = await startLocalChannels(home, 'http://127.0.0.1:1', { env: {} });
    expect(catcher?.env.SMTP_URL).toMatch(/^smtp:/);
    await catcher?.stop();
  });

  it('starts none in production', async () => {
    expect(await startLocalChannels(home, 'http://127.0.0.1:1', { env: { NODE_ENV: 'production' } })).toBeUndefined();
  });
});
