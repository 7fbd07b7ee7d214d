import type { Rubric } from './rubric';
import { INSIDE_2020 } from './rubric-2020-inside.templates';
import { OUTSIDE_2020 } from './rubric-2020-outside.templates';

/** The six dimensions of the EU's digital maturity assessment, adapted to cooperatives. */
export const RUBRIC_2020: Rubric = {
  version: '2020-10',
  scale: [
    { id: 'Belum', en: 'Not yet' },
    { id: 'Sedang direncanakan', en: 'Planned' },
    { id: 'Sebagian', en: 'In part' },
    { id: 'Sepenuhnya', en: 'Fully' },
  ],
  dimensions: [...INSIDE_2020, ...OUTSIDE_2020],
};
