import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, ValidationTypes, type ValidationError } from 'class-validator';
import { fieldCode } from './field-code';
import type { FieldError, Text } from './problem';
import { FIELD_TEXTS, invalid, malformed, unknownField } from './problems.templates';

/** The `context` of a rule: a code of its own, and texts where the common ones do not say it. */
export interface RuleContext extends Partial<Text> {
  code: string;
}

/** Rules about texts: another type of value breaks them too, and is told so. */
const TEXT_RULES = new Set([
  'matches',
  'maxLength',
  'minLength',
  'isLength',
  'isUuid',
  'isUrl',
  'isEmail',
  'isIso8601',
]);

const PLAIN = new Set<unknown>([String, Boolean, Number, Array, Object, Date, undefined]);

/** Makes bodies and queries instances of their classes and holds them against the rules of these. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  async transform(value: unknown, { metatype, type, data }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return value;
    if (!metatype || PLAIN.has(metatype)) return type === 'body' ? value : plain(value, metatype, data);
    const source = value ?? {};
    if (typeof source !== 'object' || Array.isArray(source)) throw malformed();
    const instance = plainToInstance(metatype, source) as object;
    const violations = await validate(instance, {
      whitelist: true,
      // Only a body must not hold what we do not know: links arrive with all kinds of parameters.
      forbidNonWhitelisted: type === 'body',
      forbidUnknownValues: false,
    });
    const errors = violations.flatMap((violation) => fieldErrors(violation, ''));
    const said = new Set(errors.map(({ pointer }) => pointer));
    errors.push(...nestedErrors(instance, '').filter(({ pointer }) => !said.has(pointer)));
    if (errors.length > 0) throw refusal(errors);
    return instance;
  }
}

/** 422 with all errors; its code is `unknown_field` where nothing else is wrong, else `invalid`. */
export function refusal(errors: FieldError[]) {
  return errors.every((error) => error.code === 'unknown_field') ? unknownField({ errors }) : invalid({ errors });
}

/** One error of a field, with the common text of its code unless it brings its own. */
export function fieldError(pointer: string, code: string, text?: Partial<Text>): FieldError {
  const common = FIELD_TEXTS[code] ?? (FIELD_TEXTS.invalid as Text);
  return { pointer, code, message: { id: text?.id ?? common.id, en: text?.en ?? common.en } };
}

function fieldErrors(violation: ValidationError, above: string): FieldError[] {
  const pointer = `${above}/${violation.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const children = (violation.children ?? []).flatMap((child) => fieldErrors(child, pointer));
  const rules = Object.keys(violation.constraints ?? {});
  if (rules.length === 0) return children;
  const missing = violation.value === undefined && !rules.includes('whitelistValidation');
  if (missing) return [fieldError(pointer, 'required')];
  // Rules are checked all at once; the first declared is the most basic, and it alone is said.
  const rule = rules.at(-1) as string;
  if (typeof violation.value !== 'string' && TEXT_RULES.has(rule)) return [fieldError(pointer, 'not_string')];
  const context = violation.contexts?.[rule] as RuleContext | undefined;
  return [fieldError(pointer, context?.code ?? fieldCode(rule), context), ...children];
}

/** What class-validator lets pass: a nested object that is missing though not optional, and a list in the place of one object. */
function nestedErrors(instance: object, above: string): FieldError[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(instance.constructor, '', true, false);
  return rules.filter(isNested).flatMap(({ propertyName, each }) => {
    const pointer = `${above}/${propertyName}`;
    const value = (instance as Record<string, unknown>)[propertyName];
    const optional = rules.some(
      (rule) => rule.propertyName === propertyName && rule.type === ValidationTypes.CONDITIONAL_VALIDATION,
    );
    if (value === undefined || value === null) return optional ? [] : [fieldError(pointer, 'required')];
    if (Array.isArray(value)) {
      if (!each) return [fieldError(pointer, 'not_object')];
      return value.flatMap((entry, index) => (isObject(entry) ? nestedErrors(entry, `${pointer}/${index}`) : []));
    }
    return isObject(value) ? nestedErrors(value, pointer) : [];
  });
}

const isNested = ({ type }: { type: string }): boolean => type === ValidationTypes.NESTED_VALIDATION;
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A single parameter: text stays text, a number is one; a repeated parameter is neither. */
function plain(value: unknown, metatype: unknown, name = ''): unknown {
  if (value === undefined) return value;
  if (metatype === Number) {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
    if (!Number.isFinite(number)) throw refusal([fieldError(`/${name}`, 'not_number')]);
    return number;
  }
  if (metatype === Boolean) {
    if (value !== 'true' && value !== 'false') throw refusal([fieldError(`/${name}`, 'not_boolean')]);
    return value === 'true';
  }
  if (metatype === String && typeof value !== 'string') throw refusal([fieldError(`/${name}`, 'not_string')]);
  return value;
}
