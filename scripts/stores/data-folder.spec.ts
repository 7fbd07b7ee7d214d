import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeDataFolder, prepareDataFolder } from './data-folder.mjs';

describe(prepareDataFolder.name, () => {
  let home: string;
  let data: string;
  const file = () => join(data, 'dump.rdb');

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'data-folder-'));
    data = join(home, 'redis');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('makes anew what a killed store only began', () => {
    prepareDataFolder(data);
    writeFileSync(file(), 'half');
    prepareDataFolder(data);
    expect(existsSync(file())).toBe(false);
  });

  it('keeps what is complete', () => {
    prepareDataFolder(data);
    completeDataFolder(data);
    writeFileSync(file(), 'whole');
    prepareDataFolder(data);
    expect(existsSync(file())).toBe(true);
  });

  it("refuses somebody else's data and says what to do", () => {
    mkdirSync(data);
    writeFileSync(file(), 'theirs');
    expect(() => prepareDataFolder(data)).toThrow(/did not make.*IDXCOOP_HOME/);
    expect(readdirSync(data)).toEqual(['dump.rdb']);
  });

  it('takes an empty folder', () => {
    mkdirSync(data);
    expect(() => prepareDataFolder(data)).not.toThrow();
  });
});
