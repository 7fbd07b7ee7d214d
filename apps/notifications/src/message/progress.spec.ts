import fc from 'fast-check';
import { MESSAGE_STATES } from './message.schema';
import { factsOf, type Progress, settle, type StatusReport } from './progress';

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1000);
const before: Progress = { state: 'sending' };
const run = (reports: StatusReport[], from = before) => reports.reduce(settle, from);

const report: fc.Arbitrary<StatusReport> = fc.record({
  status: fc.constantFrom('sent', 'delivered', 'read', 'failed'),
  at: fc.integer({ min: 0, max: 5 }).map(at),
  code: fc.constantFrom('131026', '131049', '130472'),
});

describe(settle.name, () => {
  it.each([
    [['sent', 'delivered'], 'delivered'],
    [['delivered', 'sent'], 'delivered'],
    [['read', 'sent', 'delivered'], 'read'],
    [['sent', 'failed'], 'failed'],
    [['failed', 'sent'], 'failed'],
    [['failed', 'delivered'], 'delivered'],
    [['delivered', 'failed'], 'delivered'],
  ] as const)('ends %j as %s', (statuses, state) => {
    expect(run(statuses.map((status, index) => ({ status, at: at(index) }))).state).toBe(state);
  });

  it('ends the same for any order and repetition of reports', () => {
    const shuffled = fc.array(report, { minLength: 1, maxLength: 8 }).chain((reports) =>
      fc.tuple(
        fc.constant(reports),
        fc.shuffledSubarray([...reports, ...reports], {
          minLength: reports.length * 2,
          maxLength: reports.length * 2,
        }),
        fc.constantFrom(...MESSAGE_STATES),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([reports, others, state]) => {
        expect(run(others, { state })).toEqual(run(reports, { state }));
      }),
      { numRuns: 500 },
    );
  });

  it('tells each fact once, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 10 }), (reports) => {
        const told: string[] = [];
        let progress = before;
        for (const next of reports) {
          const after = settle(progress, next);
          told.push(...factsOf(progress, after));
          progress = after;
        }
        expect(new Set(told).size).toBe(told.length);
        const statuses = new Set(reports.map(({ status }) => status));
        expect(told.includes('delivered')).toBe(statuses.has('delivered') || statuses.has('read'));
        expect(told.includes('sent')).toBe(
          ['sent', 'delivered', 'read'].some((status) => statuses.has(status as 'sent')),
        );
      }),
    );
  });

  it.each([
    ['expired', 'expired'],
    ['no_consent', 'suppressed'],
    ['contact_gone', 'failed'],
  ] as const)('ends %s as %s', (code, state) => {
    expect(settle(before, { status: 'failed', at: at(0), code }).state).toBe(state);
  });
});
