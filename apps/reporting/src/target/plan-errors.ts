import { type FieldError, fieldError, type Regions } from '@idxcoop/platform';
import { FIELD } from '../problems.templates';
import type { Plan } from './plan';

type Checked = Pick<Plan, 'value' | 'deadline' | 'baseline' | 'areas'>;

/** What is wrong with a plan as a whole: its line has to climb towards a day that is still to come from its baseline. */
export function planErrors({ value, deadline, baseline, areas }: Checked, regions: Regions): FieldError[] {
  const error = (pointer: string, code: keyof typeof FIELD) => fieldError(pointer, code, FIELD[code]);
  return [
    ...(baseline && baseline.date >= deadline ? [error('/baseline/date', 'not_before_deadline')] : []),
    ...(baseline && baseline.value >= value ? [error('/baseline/value', 'not_below_target')] : []),
    ...(areas ?? []).flatMap((code, index) => {
      const region = regions.find(code);
      if (!region) return [error(`/areas/${index}`, 'unknown_region')];
      return region.level === 'province' || region.level === 'regency' ? [] : [error(`/areas/${index}`, 'too_deep')];
    }),
  ];
}
