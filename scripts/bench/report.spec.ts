import { PLANS } from './plans.mjs';
import { put, section, spread, summarise } from './report.mjs';

const surroundings = {
  at: '2026-11-24T08:00:00Z',
  node: '20',
  cores: 2,
  load: [1, 2],
  broker: 'RabbitMQ 3',
  engine: 'x',
};
const plan = PLANS.find(({ name }) => name === 'full-path')!;

describe('bench report', () => {
  it.each([
    [[3, 1, 2], { median: 2, min: 1, max: 3 }],
    [[4, 1, 2, 3], { median: 2.5, min: 1, max: 4 }],
    [[7], { median: 7, min: 7, max: 7 }],
  ])('takes the median of %j', (values, expected) => {
    expect(spread(values)).toEqual(expected);
  });

  it('takes ratios within rounds, not of medians', () => {
    const rounds = [
      { bare: { perSecond: 100 }, idxcoop: { perSecond: 90 } },
      { bare: { perSecond: 10 }, idxcoop: { perSecond: 7 } },
      { bare: { perSecond: 50 }, idxcoop: { perSecond: 30 } },
    ];
    const result = summarise(plan, rounds, surroundings);
    expect(result.variants.idxcoop?.perSecond?.ratio).toEqual({ median: 0.7, min: 0.6, max: 0.9 });
    expect(result.aim).toEqual({ text: 'at least 0.80 of the bare loop', ratio: 0.7, met: false });
    expect(section(plan, result)).toContain('Measured: 0.70, **missed**.');
    expect(section(plan, result)).toContain('| libs/messaging | 30 (7–90) | 0.70 (0.60–0.90) |');
  });

  it('replaces its own section and nothing else', () => {
    const document = '# P\n\n<!-- a -->\nold\n<!-- /a -->\n\nwords\n';
    expect(put(document, 'a', 'new\n')).toBe('# P\n\n<!-- a -->\nnew\n<!-- /a -->\n\nwords\n');
    expect(put('# P\n', 'b', 'x\n')).toBe('# P\n\n<!-- b -->\nx\n<!-- /b -->\n');
  });
});
