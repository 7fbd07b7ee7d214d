import { contractOf, type EventContract } from '@idxcoop/contracts';
import {
  arrayMaxSize,
  arrayMinSize,
  getMetadataStorage,
  isArray,
  isBoolean,
  isIn,
  isInt,
  isISO8601,
  isNumber,
  isString,
  isUUID,
  matches,
  max,
  maxLength,
  min,
  minLength,
  validateSync,
  type ValidationError,
} from 'class-validator';

type Check = (value: unknown) => boolean;
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

interface Property {
  name: string;
  conditions: ((object: object, value: unknown) => boolean)[];
  rules: { name: string; check: Check }[];
}

/** What is wrong with an event: `property: rule`, never the value. Undefined when nothing is. */
export type Validator = (data: object) => string | undefined;

/** The rules that are called directly, with the very functions that class-validator calls. */
const RULES: Record<string, (constraints: [never, never]) => Check> = {
  isString: () => isString,
  isBoolean: () => isBoolean,
  isInt: () => (value) => isInt(value),
  isNumber:
    ([options]) =>
    (value) =>
      isNumber(value, options),
  isUuid:
    ([version]) =>
    (value) =>
      isUUID(value, version),
  isIso8601:
    ([options]) =>
    (value) =>
      isISO8601(value, options),
  isIn:
    ([values]) =>
    (value) =>
      isIn(value, values),
  matches:
    ([pattern, modifiers]) =>
    (value) =>
      matches(value as string, pattern, modifiers),
  isArray: () => isArray,
  arrayMinSize:
    ([bound]) =>
    (value) =>
      arrayMinSize(value, bound),
  arrayMaxSize:
    ([bound]) =>
    (value) =>
      arrayMaxSize(value, bound),
  min:
    ([bound]) =>
    (value) =>
      min(value, bound),
  max:
    ([bound]) =>
    (value) =>
      max(value, bound),
  minLength:
    ([bound]) =>
    (value) =>
      minLength(value, bound),
  maxLength:
    ([bound]) =>
    (value) =>
      maxLength(value, bound),
};

const compiled = new WeakMap<EventContract, Validator>();

/**
 * The check of a contract, compiled once from class-validator's metadata; unknown fields are allowed. A contract with a rule
 * that is not in the table (or with nested classes) is checked by class-validator itself.
 */
export function validatorOf(contract: EventContract): Validator {
  let validator = compiled.get(contract);
  if (!validator) {
    validator = compile(contract) ?? ((data) => describe(validateSync(Object.assign(new contract(), data))));
    compiled.set(contract, validator);
  }
  return validator;
}

/** Throws when an event that this process wants to publish breaks its own contract. */
export function assertValid(event: object): void {
  const contract = contractOf(event);
  const problem = validatorOf(contract)(event);
  if (problem) throw new TypeError(`${contract.event} is not valid: ${problem}`);
}

/** Whether the check is compiled, and not left to class-validator. */
export function isCompiled(contract: EventContract): boolean {
  return compile(contract) !== undefined;
}

function compile(contract: EventContract): Validator | undefined {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(contract, '', true, false);
  const properties = new Map<string, Property>();
  for (const rule of metadata) {
    const property = properties.get(rule.propertyName) ?? { name: rule.propertyName, conditions: [], rules: [] };
    properties.set(rule.propertyName, property);
    if (rule.type === 'conditionalValidation') {
      property.conditions.push(rule.constraints[0] as Property['conditions'][number]);
      continue;
    }
    const check = checkOf(rule);
    if (!check) return undefined;
    property.rules.push(check);
  }
  const all = [...properties.values()];
  return (data) => violations(all, data);
}

function checkOf(rule: Metadata): Property['rules'][number] | undefined {
  const name = rule.name ?? '';
  const make = rule.type === 'customValidation' && !rule.validateIf && (rule.groups ?? []).length === 0 && RULES[name];
  if (!make) return undefined;
  const check = make((rule.constraints ?? []) as unknown as [never, never]);
  // Without an array, `each` checks the value itself, as class-validator does.
  return { name, check: rule.each ? (value) => (Array.isArray(value) ? value.every(check) : check(value)) : check };
}

function violations(properties: readonly Property[], data: object): string | undefined {
  let problems: string | undefined;
  for (const { name, conditions, rules } of properties) {
    const value = (data as Record<string, unknown>)[name];
    if (conditions.length > 0 && !conditions.every((condition) => condition(data, value))) continue;
    for (const rule of rules) {
      if (!rule.check(value)) problems = `${problems ? `${problems}, ` : ''}${name}: ${rule.name}`;
    }
  }
  return problems;
}

function describe(errors: readonly ValidationError[], path = ''): string | undefined {
  const problems = errors.flatMap((error) => [
    ...Object.keys(error.constraints ?? {}).map((rule) => `${path}${error.property}: ${rule}`),
    ...(error.children?.length ? [describe(error.children, `${path}${error.property}.`) ?? ''] : []),
  ]);
  return problems.filter(Boolean).join(', ') || undefined;
}
