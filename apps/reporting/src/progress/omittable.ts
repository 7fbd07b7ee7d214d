import { ValidateIf } from 'class-validator';

/** May be left out, but where it is given it has to hold: unlike `@IsOptional()` it lets no null pass. */
export function Omittable(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
