import type { ReadinessBand, ReadinessDimension } from '@idxcoop/contracts';
import type { Text } from '@idxcoop/platform';
import { RUBRIC_2020 } from './rubric-2020.templates';

/** A statement about the cooperative, answered on the scale of the rubric. */
export interface Question {
  id: string;
  text: Text;
}

/** One of the six things that readiness consists of. */
export interface RubricDimension {
  dimension: ReadinessDimension;
  title: Text;
  questions: readonly Question[];
  /** What helps in the two bands that are a gap. */
  advice: Readonly<Record<GapBand, Text>>;
}

/** How far a cooperative is ready, as questions; a changed question is a new version, and scores of versions do not compare. */
export interface Rubric {
  version: string;
  /** What the answers 0, 1, 2 … stand for. */
  scale: readonly Text[];
  dimensions: readonly RubricDimension[];
}

export const GAP_BANDS = ['basic', 'developing'] as const satisfies readonly ReadinessBand[];
export type GapBand = (typeof GAP_BANDS)[number];

/** All versions, the one in force last. */
export const RUBRICS: readonly Rubric[] = [RUBRIC_2020];
export const CURRENT_RUBRIC = RUBRICS.at(-1) as Rubric;

export function rubricOf(version: string): Rubric | undefined {
  return RUBRICS.find((rubric) => rubric.version === version);
}
