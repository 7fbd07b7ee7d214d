import { ValidateBy, type ValidationOptions } from 'class-validator';
import { FIELD } from '../problems.templates';
import { isDay } from './day';
import { readInstant } from './question';

/** A day that exists, `2020-10-08`. */
export function IsDay(options: ValidationOptions = {}): PropertyDecorator {
  const context = { code: 'not_day', ...FIELD.not_day };
  return asText(
    ValidateBy(
      { name: 'isDay', validator: { validate: (value) => typeof value === 'string' && isDay(value) } },
      { context, ...options },
    ),
    options.each,
  );
}

/** A day, or an instant of RFC 3339. */
export function IsDayOrInstant(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && (isDay(value) || readInstant(value) !== null);
  const context = { code: 'not_day_or_instant', ...FIELD.not_day_or_instant };
  return asText(ValidateBy({ name: 'isDayOrInstant', validator: { validate } }, { context }));
}

/** The compiler calls what an alias names an object; the description of the route is made from what it calls it. */
function asText(rule: PropertyDecorator, isList = false): PropertyDecorator {
  return (target, property) => {
    rule(target, property);
    if (!isList) Reflect.defineMetadata('design:type', String, target, property);
  };
}
