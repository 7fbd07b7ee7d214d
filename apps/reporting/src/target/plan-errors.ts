import { type FieldError, fieldError, type Regions } from '@idxcoop/platform';
import { isCounted } from '../indicator/indicators';
import { FIELD } from '../problems.templates';
import type { Plan } from './plan';

type Checked = Pick<Plan, 'value' | 'deadline' | 'baseline' | 'areas' | 'eligible'>;

/** What is wrong with a plan as a whole: its line has to climb towards a day that is still to come from its baseline. */
export function planErrors(plan: Checked, indicator: string, regions: Regions): FieldError[] {
  const { value, deadline, baseline, areas, eligible } = plan;
  const error = (pointer: string, code: keyof typeof FIELD) => fieldError(pointer, code, FIELD[code]);
  const isWhole = (number: number) => Number.isInteger(number) || !isCounted(indicator);
  return [
    ...(isWhole(value) ? [] : [fieldError('/value', 'not_int')]),
    ...(baseline && !isWhole(baseline.value) ? [fieldError('/baseline/value', 'not_int')] : []),
    ...(eligible !== null && eligible < value ? [error('/eligible', 'below_target')] : []),
    ...(baseline && baseline.date >= deadline ? [error('/baseline/date', 'not_before_deadline')] : []),
    ...(baseline && baseline.value >= value ? [error('/baseline/value', 'not_below_target')] : []),
    ...(areas ?? []).flatMap((code, index) => {
      const region = regions.find(code);
      if (!region) return [error(`/areas/${index}`, 'unknown_region')];
      return region.level === 'province' || region.level === 'regency' ? [] : [error(`/areas/${index}`, 'too_deep')];
    }),
  ];
}
