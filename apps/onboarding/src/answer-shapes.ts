import type { ApiResponseSchemaHost } from '@nestjs/swagger';

/** The parts of which descriptions of answers are made. */
export type Schema = ApiResponseSchemaHost['schema'];

export const text: Schema = { type: 'string' };
export const id: Schema = { type: 'string', format: 'uuid' };
export const instant: Schema = { type: 'string', format: 'date-time' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const flag: Schema = { type: 'boolean' };
export const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: [...values] });
export const list = (items: Schema): Schema => ({ type: 'array', items: items as never });
export const orNull = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] }) as unknown as Schema;
/** An object whose members are all there, but for those named. */
export const members = (properties: Record<string, Schema>, ...optional: string[]): Schema => ({
  type: 'object',
  properties: properties as never,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
