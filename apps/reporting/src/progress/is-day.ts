import { ValidateBy, type ValidationOptions } from 'class-validator';
import { FIELD } from '../problems.templates';
import { isDay } from './day';
import { readInstant } from './question';

/** A day that exists, `2020-10-08`. */
export function IsDay(options: ValidationOptions = {}): PropertyDecorator {
  const context = { code: 'not_day', ...FIELD.not_day };
  return ValidateBy(
    { name: 'isDay', validator: { validate: (value) => typeof value === 'string' && isDay(value) } },
    { context, ...options },
  );
}

/** A day, or an instant of RFC 3339. */
export function IsDayOrInstant(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && (isDay(value) || readInstant(value) !== null);
  const context = { code: 'not_day_or_instant', ...FIELD.not_day_or_instant };
  return ValidateBy({ name: 'isDayOrInstant', validator: { validate } }, { context });
}
