import type { DiscoveryService } from '@nestjs/core';
import { MetadataScanner } from '@nestjs/core';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';

type Rules = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>;
type Class = new (...args: never[]) => object;

// class-transformer keeps what @Type says here and has no other door to it.
const { defaultMetadataStorage } = require('class-transformer/cjs/storage') as {
  defaultMetadataStorage: {
    findTypeMetadata(type: Class, property: string): { typeFunction?: () => unknown } | undefined;
  };
};

const FORMATS: Readonly<Record<string, string>> = {
  isUuid: 'uuid',
  isEmail: 'email',
  isUrl: 'uri',
  isIso8601: 'date-time',
};
const LIMITS: Readonly<Record<string, string>> = {
  min: 'minimum',
  max: 'maximum',
  minLength: 'minLength',
  maxLength: 'maxLength',
  arrayMinSize: 'minItems',
  arrayMaxSize: 'maxItems',
};

/** Describes the bodies and queries of all routes from the rules that they are held against, so that nothing is said twice. */
export function describeDtos(discovery: DiscoveryService): void {
  const seen = new Set<Class>();
  for (const { metatype } of discovery.getControllers()) {
    if (typeof metatype !== 'function') continue;
    for (const name of new MetadataScanner().getAllMethodNames(metatype.prototype)) {
      const types = (Reflect.getMetadata('design:paramtypes', metatype.prototype, name) ?? []) as unknown[];
      for (const type of types) if (typeof type === 'function') describe(type as Class, seen);
    }
  }
}

function describe(type: Class, seen: Set<Class>): void {
  if (seen.has(type)) return;
  seen.add(type);
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  const known = new Set((Reflect.getMetadata('swagger/apiModelPropertiesArray', type.prototype) ?? []) as string[]);
  for (const property of new Set(rules.map((rule) => rule.propertyName))) {
    if (known.has(`:${property}`)) continue;
    const options = optionsOf(
      type,
      property,
      rules.filter((rule) => rule.propertyName === property),
      seen,
    );
    ApiProperty(options)(type.prototype, property);
  }
}

function optionsOf(type: Class, property: string, rules: Rules, seen: Set<Class>): ApiPropertyOptions {
  const named = (name: string) => rules.find((rule) => rule.name === name);
  const design = Reflect.getMetadata('design:type', type.prototype, property) as unknown;
  const nested = defaultMetadataStorage.findTypeMetadata(type, property)?.typeFunction?.() as unknown;
  const isArray = design === Array || named('isArray') !== undefined;
  const options: Record<string, unknown> = {
    required: !rules.some((rule) => rule.type === 'conditionalValidation'),
    type: typeOf(nested ?? (isArray ? String : design), named('isInt') !== undefined, seen),
    ...(isArray && { isArray }),
  };
  const choices = (named('isIn') ?? named('isEnum'))?.constraints?.[0] as unknown;
  if (choices) options.enum = Array.isArray(choices) ? choices : Object.values(choices as object);
  const pattern = named('matches')?.constraints?.[0] as unknown;
  if (pattern instanceof RegExp) options.pattern = pattern.source;
  for (const rule of rules) {
    const limit = LIMITS[rule.name ?? ''];
    if (limit) options[limit] = rule.constraints?.[0];
    const format = FORMATS[rule.name ?? ''];
    if (format && !isArray) options.format = format;
  }
  return options as ApiPropertyOptions;
}

function typeOf(type: unknown, isInteger: boolean, seen: Set<Class>): unknown {
  if (type === Number) return isInteger ? 'integer' : 'number';
  if (type === Boolean) return 'boolean';
  if (type === String || type === undefined) return 'string';
  if (typeof type !== 'function' || type === Object || type === Date || type === Array) return 'object';
  describe(type as Class, seen);
  return type;
}
