import { READINESS_DIMENSIONS, type ReadinessBand } from '@idxcoop/contracts';
import { CURRENT_RUBRIC, RUBRICS } from './rubric';
import { type Answers, bandOf, faultsOf, gapsOf, scoresOf } from './score';

const questions = CURRENT_RUBRIC.dimensions.flatMap((dimension) => dimension.questions.map(({ id }) => id));
const all = (answer: number, others: Answers = {}): Answers => ({
  ...Object.fromEntries(questions.map((id) => [id, answer])),
  ...others,
});

describe(bandOf.name, () => {
  it.each<[number, ReadinessBand]>([
    [0, 'basic'],
    [25, 'basic'],
    [26, 'developing'],
    [50, 'developing'],
    [51, 'capable'],
    [75, 'capable'],
    [76, 'advanced'],
    [100, 'advanced'],
  ])('puts %i points into %s', (score, band) => {
    expect(bandOf(score)).toBe(band);
  });
});

describe(scoresOf.name, () => {
  it.each<[string, Answers, number]>([
    ['nothing is 0', all(0), 0],
    ['everything is 100', all(3), 100],
    ['one of twelve is 8', all(0, { 'records.daily': 1 }), 8],
    ['half up: three of twelve is 25', all(0, { 'records.daily': 3 }), 25],
    ['eight of twelve is 67', all(2), 67],
  ])('of %s', (_case, answers, score) => {
    expect(scoresOf(CURRENT_RUBRIC, answers)[1]).toMatchObject({ dimension: 'records', score });
  });
});

describe(gapsOf.name, () => {
  it('names what is in the two lower bands, the weakest first', () => {
    const weak = { 'people.operator': 0, 'people.training': 0, 'people.tools': 0, 'people.safety': 1 };
    const some = { 'records.daily': 1, 'records.digital': 1, 'records.members': 2, 'records.statements': 1 };
    const gaps = gapsOf(scoresOf(CURRENT_RUBRIC, all(3, { ...weak, ...some })));
    expect(gaps.map(({ dimension, score, band }) => [dimension, score, band])).toEqual([
      ['people', 8, 'basic'],
      ['records', 42, 'developing'],
    ]);
  });
});

describe(faultsOf.name, () => {
  it('wants each question answered on the scale, and no other', () => {
    const { 'people.tools': _left, ...rest } = all(2);
    const answers = { ...rest, 'people.safety': 4, 'records.daily': 1.5, 'records.digital': '2', other: 1 };
    expect(faultsOf(CURRENT_RUBRIC, answers)).toEqual([
      { id: 'records.daily', code: 'not_on_scale' },
      { id: 'records.digital', code: 'not_on_scale' },
      { id: 'people.tools', code: 'required' },
      { id: 'people.safety', code: 'not_on_scale' },
      { id: 'other', code: 'unknown_field' },
    ]);
  });
});

describe('each rubric', () => {
  it.each(RUBRICS.map((rubric) => [rubric.version, rubric] as const))(
    'version %s has six dimensions of at least four questions, each once and in both languages',
    (_version, { dimensions, scale }) => {
      expect(dimensions.map(({ dimension }) => dimension)).toEqual([...READINESS_DIMENSIONS]);
      const ids = dimensions.flatMap((dimension) => dimension.questions.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      for (const { dimension, questions: asked } of dimensions) {
        expect(asked.length).toBeGreaterThanOrEqual(4);
        for (const { id } of asked) expect(id.startsWith(`${dimension}.`)).toBe(true);
      }
      const texts = dimensions.flatMap(({ title, questions: asked, advice }) => [
        title,
        ...asked.map(({ text }) => text),
        ...Object.values(advice),
      ]);
      for (const { id, en } of [...scale, ...texts])
        expect([id.length > 0, en.length > 0, id !== en]).toEqual([true, true, true]);
    },
  );
});
