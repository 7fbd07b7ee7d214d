import type { Text } from '@idxcoop/platform';

/** What is wrong with an answer, by its code. */
export const ANSWER_FAULTS: Readonly<Record<string, Text>> = {
  required: { id: 'belum dijawab', en: 'is not answered' },
  not_on_scale: { id: 'bukan jawaban pada skala', en: 'is no answer on the scale' },
  unknown_field: { id: 'pertanyaan tidak dikenal', en: 'is no question of this rubric' },
  unknown_rubric: { id: 'versi rubrik tidak dikenal', en: 'is no version of the rubric' },
};
