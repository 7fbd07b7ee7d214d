import { type Language, say } from '@idxcoop/platform';
import type { Assessment } from '../readiness/assessment.schema';
import { rubricOf, type Rubric } from '../readiness/rubric';
import { gapsOf } from '../readiness/score';

/** The questions of a rubric in a language. */
export function viewRubric({ version, scale, dimensions }: Rubric, language: Language) {
  return {
    version,
    scale: scale.map((text, answer) => ({ answer, text: say(text, language) })),
    dimensions: dimensions.map(({ dimension, title, questions }) => ({
      dimension,
      title: say(title, language),
      questions: questions.map(({ id, text }) => ({ id, text: say(text, language) })),
    })),
  };
}

/** An assessment with what it says, what changed since the one before, and what helps. */
export function viewAssessment(assessment: Assessment, before: Assessment | undefined, language: Language) {
  const { _id: id, moment, rubric, source, scores, assessedAt } = assessment;
  const texts = new Map(rubricOf(rubric)?.dimensions.map((entry) => [entry.dimension, entry]));
  const isComparable = before?.rubric === rubric;
  return {
    ...{ id, moment: `T${moment}`, rubric, source, assessedAt: assessedAt.toISOString() },
    dimensions: scores.map(({ dimension, score, band }) => {
      const title = texts.get(dimension)?.title;
      const was = isComparable ? before.scores.find((entry) => entry.dimension === dimension)?.score : undefined;
      return {
        ...{ dimension, title: title ? say(title, language) : dimension, score, band },
        change: was === undefined ? null : score - was,
      };
    }),
    gaps: gapsOf(scores).map(({ dimension, band }) => {
      const advice = texts.get(dimension)?.advice[band];
      return { dimension, band, advice: advice ? say(advice, language) : null };
    }),
  };
}
