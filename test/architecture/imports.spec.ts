import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import config from '../../.dependency-cruiser.cjs';

const ROOT = join(__dirname, '../..');
const OFFENDERS = join(__dirname, 'offenders');

interface Violation {
  rule: { name: string };
}

/** Cruises a tree of offenders as if it were the repository, by the same rules. */
function violationsOf(offender: string): string[] {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    '--config',
    join(ROOT, '.dependency-cruiser.cjs'),
    '--ts-config',
    join(ROOT, 'tsconfig.json'),
    '--output-type',
    'json',
    '.',
  ];
  const output = execFileSync(process.execPath, [cruiser, ...args], {
    cwd: join(OFFENDERS, offender),
    encoding: 'utf8',
  });
  const result = JSON.parse(output) as { summary: { violations: Violation[] } };
  return [...new Set(result.summary.violations.map((violation) => violation.rule.name))];
}

describe('import rules', () => {
  const rules = (config.forbidden ?? []).map(({ name = '' }) => name);

  it('has one deliberate offender for each rule', () => {
    expect(readdirSync(OFFENDERS).sort()).toEqual([...rules].sort());
  });

  it.each(rules)('catches the offender of %s', (rule: string) => {
    expect(violationsOf(rule)).toContain(rule);
  });
});
