import { startNotifications } from '../../../../test/support/notifications';
import { ListMessagesController } from './list-messages.controller';

interface Listed {
  items: { id: string; to: string; state: string; causeId: string; cooperativeId: string; code: string | null }[];
  nextCursor: string | null;
}

describe(ListMessagesController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  const sent: { cause: string; address: string; cooperativeId: string }[] = [];

  beforeAll(async () => {
    notifications = await startNotifications();
    for (let index = 0; index < 3; index += 1) {
      const { cause, address, fact } = await notifications.requestVerification('email');
      await notifications.reaches(cause, 'sent');
      sent.push({ cause, address, cooperativeId: (fact as { cooperativeId: string }).cooperativeId });
    }
  });
  afterAll(() => notifications.close());

  async function list(query: object, role: 'operations' | 'privacy_officer' | 'officer' = 'operations') {
    const bearer = await notifications.service.token({ roles: [role] });
    return notifications.service.http.get('/v1/messages').query(query).set('authorization', `Bearer ${bearer}`);
  }

  it('lists messages of a cooperative, a cause and a state, masked', async () => {
    const [first] = sent as [(typeof sent)[0]];
    for (const query of [{ cooperativeId: first.cooperativeId }, { cause: first.cause, state: 'sent' }]) {
      const { status, body, text } = await list(query, 'privacy_officer');
      expect(status).toBe(200);
      expect((body as Listed).items).toMatchObject([
        {
          causeId: first.cause,
          cooperativeId: first.cooperativeId,
          to: 's***@m***.example',
          state: 'sent',
          code: null,
        },
      ]);
      expect(text).not.toContain(first.address);
    }
    expect(((await list({ cause: first.cause, state: 'failed' })).body as Listed).items).toEqual([]);
  });

  it('narrows the log by channel, template, reason and time', async () => {
    const [first] = sent as [(typeof sent)[0]];
    const causes = async (query: object) =>
      ((await list({ cause: first.cause, ...query })).body as Listed).items.map(({ causeId }) => causeId);
    const { plannedAt } = (await notifications.messages.findOne({ cause: first.cause })) as { plannedAt: Date };
    const after = new Date(plannedAt.getTime() + 1).toISOString();
    for (const query of [
      { channel: 'email', template: 'verification' },
      { from: plannedAt.toISOString(), until: after },
    ])
      expect(await causes(query)).toEqual([first.cause]);
    for (const query of [{ channel: 'whatsapp' }, { template: 'welcome' }, { code: '131026' }, { from: after }])
      expect(await causes(query)).toEqual([]);
  });

  it('pages from the newest to the oldest', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await list({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...(body as Listed).items.map(({ causeId }) => causeId));
      cursor = (body as Listed).nextCursor;
    } while (cursor);
    expect(seen).toEqual(sent.map(({ cause }) => cause).reverse());
  });

  it('is for operations and the privacy officer', async () => {
    await notifications.service.http.get('/v1/messages').expect(401);
    expect((await list({}, 'officer')).status).toBe(403);
  });

  it('refuses a state that there is not', async () => {
    const { status, body } = await list({ state: 'gone', cooperativeId: 'x' });
    expect(status).toBe(422);
    expect((body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/state', '/cooperativeId']),
    );
  });
});
