import { type Language, reasonOf } from './progress.templates';
import type { State, Status } from './status';

const FIGURES = { actual: 1_310, value: 1_500, deadline: '2020-12-31', baseline: { value: 0, date: '2020-08-01' } };
const INDEX = { arrivalDays: 3, by: 'index', indexPercent: 80.5 } as const;

const CASES: [State, Omit<Status, 'state'>][] = [
  ['paused', { arrivalDays: 0 }],
  ['achieved', { arrivalDays: 0 }],
  ['achieved', { arrivalDays: 0, achievedLateOn: '2021-01-15' }],
  ['missed', { arrivalDays: 0 }],
  ['not_started', { arrivalDays: 0 }],
  ['rebaselined', { arrivalDays: 0 }],
  ['stale_data', { arrivalDays: 0 }],
  ['insufficient_history', { arrivalDays: 3 }],
  ['on_track', INDEX],
  ['at_risk', { ...INDEX, probability: 0.3 }],
  ['off_track', { arrivalDays: 3, by: 'probability', probability: 0.1 }],
  ['off_track', { ...INDEX, by: 'probability', probability: 0.1 }],
  ['on_track', { arrivalDays: 0, by: 'index' }],
  ['off_track', { arrivalDays: 0, by: 'index' }],
];

describe(reasonOf.name, () => {
  it.each(CASES)('says %s with %j as one sentence in each language', (state, status) => {
    const [id, en] = (['id', 'en'] as Language[]).map((language) => reasonOf({ state, ...status }, FIGURES, language));
    for (const reason of [id, en]) {
      expect(reason).toMatch(/^[A-Z][^–]*\.$/);
      expect(reason).not.toMatch(/undefined|null|NaN/);
    }
    expect(id).not.toBe(en);
  });

  it('writes numbers as each language does', () => {
    const achieved = (language: Language) => reasonOf({ state: 'achieved', arrivalDays: 0 }, FIGURES, language);
    expect([achieved('id'), achieved('en')]).toEqual(['Tercapai: 1.310 dari 1.500.', 'Achieved: 1,310 of 1,500.']);
  });
});
