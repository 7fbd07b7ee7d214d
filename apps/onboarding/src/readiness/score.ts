import { READINESS_BANDS, type ReadinessBand, type ReadinessDimension } from '@idxcoop/contracts';
import { GAP_BANDS, type GapBand, type Rubric } from './rubric';

/** How ready a cooperative is in one dimension, in points of a hundred. */
export interface DimensionScore {
  dimension: ReadinessDimension;
  score: number;
  band: ReadinessBand;
}

/** The answers by question, each a place on the scale of the rubric. */
export type Answers = Readonly<Record<string, number>>;

/** Quarters: 0–25, 26–50, 51–75, 76–100. */
export function bandOf(score: number): ReadinessBand {
  return READINESS_BANDS[Math.max(0, Math.ceil(score / 25) - 1)] as ReadinessBand;
}

/** The scores by dimension, in the order of the rubric: what was reached of what could be, rounded half up. */
export function scoresOf(rubric: Rubric, answers: Answers): DimensionScore[] {
  const highest = rubric.scale.length - 1;
  return rubric.dimensions.map(({ dimension, questions }) => {
    const sum = questions.reduce((total, { id }) => total + (answers[id] ?? 0), 0);
    const score = Math.floor((100 * sum) / (highest * questions.length) + 0.5);
    return { dimension, score, band: bandOf(score) };
  });
}

/** The weakest first; of equal ones in the order of the rubric. */
export function weakestFirst<Score extends DimensionScore>(scores: readonly Score[]): Score[] {
  return [...scores].sort((a, b) => a.score - b.score);
}

/** Where a cooperative needs help, the greatest need first. */
export function gapsOf(scores: readonly DimensionScore[]): (DimensionScore & { band: GapBand })[] {
  return weakestFirst(scores).filter((score): score is DimensionScore & { band: GapBand } =>
    (GAP_BANDS as readonly string[]).includes(score.band),
  );
}

/** What is wrong with answers: the questions that are missing or answered off the scale, and what is no question. */
export function faultsOf(rubric: Rubric, answers: Readonly<Record<string, unknown>>): { id: string; code: string }[] {
  const questions = rubric.dimensions.flatMap((dimension) => dimension.questions.map(({ id }) => id));
  const faults = questions.flatMap((id) => {
    const answer = answers[id];
    if (answer === undefined) return [{ id, code: 'required' }];
    const isOnScale = Number.isInteger(answer) && (answer as number) >= 0 && (answer as number) < rubric.scale.length;
    return isOnScale ? [] : [{ id, code: 'not_on_scale' }];
  });
  const strangers = Object.keys(answers).filter((id) => !questions.includes(id));
  return [...faults, ...strangers.map((id) => ({ id, code: 'unknown_field' }))];
}
