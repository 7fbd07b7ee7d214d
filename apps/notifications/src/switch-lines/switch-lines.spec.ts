import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { SwitchLinesController } from './switch-lines.controller';

describe(SwitchLinesController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());
  afterEach(() => notifications.collection('stopped_lines').deleteMany({}));

  async function call(
    method: 'get' | 'put',
    path: string,
    body?: object,
    role: 'operations' | 'officer' = 'operations',
  ) {
    const bearer = await notifications.service.token({ roles: [role] });
    const request = notifications.service.http[method](`/v1/provider-lines${path}`);
    return request.set('authorization', `Bearer ${bearer}`).send(body);
  }
  const waits = (cause: string) =>
    eventually(async () =>
      expect(await notifications.messages.findOne({ cause })).toMatchObject({
        state: 'held',
        code: 'stopped_by_operations',
      }),
    );

  it('stops a channel at once and lets what waited go when it is opened', async () => {
    const { status, body } = await call('put', '/email', { state: 'stopped', reason: 'the relay is moved' });
    expect([status, body]).toEqual([
      200,
      { line: 'email', state: 'stopped', reason: 'the relay is moved', by: 'operations' },
    ]);
    const { cause, address } = await notifications.requestVerification('email');
    await waits(cause);
    expect((await call('get', '')).body).toEqual({ items: [body] });
    // What a provider says meanwhile neither ends nor shortens it.
    await notifications
      .collection('stopped_lines')
      .updateOne({ _id: 'email' }, { $set: { until: new Date(), code: '5' } });
    expect((await call('get', '')).body).toEqual({ items: [body] });
    await call('put', '/email', { state: 'open', reason: 'moved' });
    await notifications.reaches(cause, 'sent');
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
    expect((await call('get', '')).body).toEqual({ items: [] });
  });

  it('stops a template until a time, however its path is written, and no other', async () => {
    const until = new Date(Date.now() + 5_000).toISOString();
    for (const path of ['/whatsapp%2Fverification', '/whatsapp/verification'])
      expect((await call('put', path, { state: 'stopped', until, reason: 'wrong wording' })).body).toMatchObject({
        line: 'whatsapp/verification',
        until,
      });
    const { cause } = await notifications.requestVerification('whatsapp');
    await waits(cause);
    const mail = await notifications.requestVerification('email');
    await notifications.reaches(mail.cause, 'sent');
    await notifications.reaches(cause, 'delivered');
  });

  it('says which lines there are, and is for operations', async () => {
    for (const path of ['/fax', '/email/nothing', '/email%2Fbulk%2Fx'])
      expect((await call('put', path, { state: 'stopped', reason: 'x' })).status).toBe(404);
    expect((await call('put', '/email', { state: 'stopped' })).status).toBe(422);
    expect((await call('put', '/email', { state: 'open', reason: 'x' }, 'officer')).status).toBe(403);
    expect((await call('get', '', undefined, 'officer')).status).toBe(403);
  });
});
