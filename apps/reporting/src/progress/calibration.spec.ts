import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const script = join(__dirname, '../../../../scripts/backtest.mjs');

describe('npm run backtest', () => {
  it('finds the band where it promises to be for each kind of history', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--json']);
    const { within, generated } = JSON.parse(stdout) as { within: boolean; generated: object[] };
    expect(generated).toHaveLength(18);
    expect(within).toBe(true);
  });

  it('knows of no options but its own', async () => {
    await expect(promisify(execFile)(process.execPath, [script, '--runs', 'many'])).rejects.toMatchObject({ code: 2 });
  });
});
