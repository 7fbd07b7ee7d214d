import { startNotifications } from '../../../test/support/notifications';
import { NotificationsModule } from './notifications.module';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  enum?: string[];
}
type Content = Record<string, { schema: Schema }>;

describe(NotificationsModule.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  beforeAll(async () => {
    notifications = await startNotifications({ roles: ['api'], config: { logLevel: 'silent' } });
  });
  afterAll(() => notifications.close());

  /** What a route is said to answer, by content type; references are followed. */
  function answers(method: 'get' | 'post', path: string): Record<string, Schema> {
    const { paths, components } = notifications.service.openapi();
    const schemas = (components?.schemas ?? {}) as Record<string, Schema>;
    const follow = (schema: Schema): Schema =>
      schema.$ref ? follow(schemas[schema.$ref.replace('#/components/schemas/', '')] as Schema) : schema;
    const { 200: ok } = (paths[path]?.[method]?.responses ?? {}) as Record<string, { content?: Content }>;
    return Object.fromEntries(Object.entries(ok?.content ?? {}).map(([type, { schema }]) => [type, follow(schema)]));
  }

  it('describes the message log to the last field', () => {
    const list = answers('get', '/v1/messages')['application/json'];
    expect(Object.keys(list?.properties ?? {})).toEqual(['items', 'nextCursor']);
    const { components } = notifications.service.openapi();
    const { MessageView, MessageStepView } = components?.schemas as Record<string, Schema>;
    expect(list?.properties?.items?.items).toEqual({ $ref: '#/components/schemas/MessageView' });
    expect(MessageView?.properties?.state?.enum).toContain('delivered');
    expect(Object.keys(MessageView?.properties ?? {})).toEqual(MessageView?.required);
    expect(MessageView?.required).toEqual(expect.arrayContaining(['id', 'causeId', 'to', 'history', 'readAt']));
    expect(Object.keys(MessageStepView?.properties ?? {})).toEqual(['state', 'at', 'code', 'until']);
  });

  it('describes preferences as JSON and as a page', () => {
    for (const [method, path] of [
      ['get', '/v1/preferences/{token}'],
      ['post', '/v1/preferences/{token}'],
      ['get', '/v1/unsubscribe/{token}'],
    ] as const) {
      const { 'application/json': json, 'text/html': html, ...others } = answers(method, path);
      expect(others).toEqual({});
      expect(json?.properties).toMatchObject({ announcements: { type: 'boolean' } });
      expect(html).toEqual({ type: 'string' });
    }
    expect(answers('post', '/v1/unsubscribe/{token}')['application/json']?.required).toEqual([
      'announcements',
      'digests',
    ]);
  });

  it('describes the webhook: a challenge as text, a receipt as JSON', () => {
    const path = '/v1/webhooks/whatsapp';
    expect(answers('get', path)).toEqual({ 'text/plain': { type: 'string' } });
    const { 'application/json': receipt } = answers('post', path);
    expect(receipt?.properties).toMatchObject({ received: { type: 'boolean' } });
    const parameters = notifications.service.openapi().paths[path]?.get?.parameters as { name: string }[];
    expect(parameters.map(({ name }) => name)).toEqual(['hub.mode', 'hub.verify_token', 'hub.challenge']);
  });

  it('describes the door of the bounce mailbox, with the signature that it wants', () => {
    const path = '/v1/webhooks/mail';
    expect(answers('post', path)['application/json']?.properties).toMatchObject({ received: { type: 'boolean' } });
    const { parameters } = notifications.service.openapi().paths[path]?.post as { parameters: { name: string }[] };
    expect(parameters.map(({ name }) => name)).toEqual(['X-Signature-256']);
  });
});
