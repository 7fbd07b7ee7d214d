import { ApiHeader, ApiResponse } from '@nestjs/swagger';

type Described = Parameters<typeof ApiResponse>[0] & { schema: object };

/** A JSON Schema, as OpenAPI 3.1 has it. */
export type Schema = Readonly<Record<string, unknown>>;

export const TEXT: Schema = { type: 'string' };
export const WHOLE: Schema = { type: 'integer' };
export const NUMBER: Schema = { type: 'number' };
export const FLAG: Schema = { type: 'boolean' };
export const DAY: Schema = { type: 'string', format: 'date', description: 'A civil day, YYYY-MM-DD' };
export const INSTANT: Schema = { type: 'string', format: 'date-time' };
export const DAY_OR_INSTANT: Schema = { type: 'string', description: 'A day, meaning its close, or an instant' };

export const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });
export const orNull = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** An object with exactly these members; a name with a question mark may be missing. */
export function objectOf(members: Readonly<Record<string, Schema>>, title?: string): Schema {
  const names = Object.keys(members);
  return {
    ...(title ? { title } : {}),
    type: 'object',
    properties: Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}

export function pageOf(items: Schema, more: Readonly<Record<string, Schema>> = {}): Schema {
  return objectOf({ ...more, items: listOf(items), nextCursor: orNull(TEXT) });
}

/** What a route answers. */
export function Answers(status: number, schema: Schema, description = ''): MethodDecorator & ClassDecorator {
  return ApiResponse({ status, description, schema } as Described);
}

/** The answer has texts in the language that is asked for. */
export function InLanguage(): MethodDecorator & ClassDecorator {
  return ApiHeader({ name: 'accept-language', required: false, description: 'id (default) or en', schema: TEXT });
}
