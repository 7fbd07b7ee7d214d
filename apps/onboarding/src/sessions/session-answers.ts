import type { ApiResponseSchemaHost } from '@nestjs/swagger';

type Schema = ApiResponseSchemaHost['schema'];

const text: Schema = { type: 'string' };
const id: Schema = { type: 'string', format: 'uuid' };
const instant: Schema = { type: 'string', format: 'date-time' };
const members = (properties: Record<string, Schema>, ...optional: string[]): Schema => ({
  type: 'object',
  properties: properties as never,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const list = (items: Schema): Schema => ({ type: 'array', items: items as never });
const kind: Schema = { type: 'string', enum: ['cooperative', 'official'] };
const whom = { kind, id, name: text };

const signedIn = members({
  state: { type: 'string', enum: ['signed_in'] },
  tokenType: text,
  accessToken: text,
  expiresIn: { type: 'integer', description: 'Seconds' },
  refreshToken: text,
  refreshExpiresAt: instant,
  sessionId: id,
  subject: members({ ...whom, roles: list(text), territory: text, cooperativeId: id }, 'territory', 'cooperativeId'),
});

/** What the doors of signing in answer, as `/openapi.json` describes it. */
export const SESSION_ANSWERS = {
  signedIn,
  entered: {
    oneOf: [signedIn, members({ state: { type: 'string', enum: ['choose'] }, choices: list(members(whom)) })] as never,
  } as Schema,
  sessions: members({
    items: list(
      members({ id, createdAt: instant, lastUsedAt: instant, expiresAt: instant, current: { type: 'boolean' } }),
    ),
    nextCursor: { type: 'null' } as never,
  }),
  revoked: members({ revoked: { type: 'integer', minimum: 0 } }),
} satisfies Record<string, Schema>;
