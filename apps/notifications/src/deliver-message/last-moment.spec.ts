import { newId } from '@idxcoop/platform';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { startNotifications } from '../../../../test/support/notifications';
import { Messages } from '../message/messages';
import { Suppressions } from '../suppression/suppressions';
import { settingsOf, type WorkflowKey } from '../workflow/workflows';
import { Letters } from './letters';

/** What happens after the letter was written and before the mail server says a word. */
let meanwhile: () => Promise<void> = () => Promise.resolve();

/** A mail server that thinks before it greets. */
async function slowGreeter(target: URL): Promise<{ url: string; server: Server }> {
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    void meanwhile().then(() => {
      const far = connect(Number(target.port), target.hostname);
      far.on('error', () => far.destroy());
      near.pipe(far).pipe(near);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe(`${Letters.name}, at the last moment`, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let greeter: Awaited<ReturnType<typeof slowGreeter>>;

  beforeAll(async () => {
    // The catcher's address is known once it runs; the door in front of it asks for it at each connection.
    const target = new URL('smtp://127.0.0.1:0');
    greeter = await slowGreeter(target);
    notifications = await startNotifications({ config: { smtpUrl: greeter.url } });
    target.port = new URL(notifications.providers.settings.smtpUrl).port;
  });
  afterEach(() => {
    meanwhile = () => Promise.resolve();
  });
  afterAll(async () => {
    await notifications.close();
    greeter.server.close();
  });

  async function plan(workflow: WorkflowKey, recipientId: string, channel: 'email' | 'whatsapp' = 'email') {
    const cause = newId();
    const template = workflow === 'milestone' ? 'milestone' : 'welcome';
    const details = { targetKey: 'idxcoop-2020', percent: 50, reachedOn: '2020-10-08', actual: 310 };
    const person = { recipientKind: 'contact', recipientId, channel, language: 'id' } as const;
    const settings = settingsOf(workflow, new Date());
    await notifications.service.mongo.transaction((session) =>
      notifications.service.get(Messages).plan({ cause, template, details, ...person, ...settings }, session),
    );
    return cause;
  }
  const sentTo = (to: string) => notifications.providers.messages({ to });

  it.each([
    ['email', 'milestone', { service: true, announcements: false }, 'suppressed', 0],
    ['email', 'milestone', { service: false, announcements: true }, 'sent', 1],
    ['email', 'welcome', { service: true, announcements: false }, 'sent', 1],
    ['whatsapp', 'milestone', { service: true, announcements: false }, 'suppressed', 0],
    ['whatsapp', 'welcome', { service: false, announcements: true }, 'suppressed', 0],
    ['whatsapp', 'welcome', { service: true, announcements: false }, 'delivered', 1],
  ] as const)('lets %s of %s by %j be %s', async (channel, workflow, consents, state, count) => {
    const { contactId, address } = notifications.contact(channel, { consents });
    const message = await notifications.reaches(await plan(workflow, contactId, channel), state);
    if (state === 'suppressed') expect(message.code).toBe('no_consent');
    expect(sentTo(address)).toHaveLength(count);
  });

  it('sends nothing to who says no after the letter was written', async () => {
    const { contactId, address } = notifications.contact('email');
    meanwhile = async () => {
      await notifications.service.get(Suppressions).add([contactId], 'announcements', 'unsubscribed');
    };
    const message = await notifications.reaches(await plan('milestone', contactId), 'suppressed');
    expect(message.code).toBe('opted_out');
    expect(message.leftAt).toBeUndefined();
    expect(message.history.map(({ state }) => state)).toEqual(['planned', 'suppressed']);
    expect(sentTo(address)).toEqual([]);
  });

  it('sends nothing to who was erased while the mail server kept us waiting', async () => {
    const { contactId, address } = notifications.contact('email');
    meanwhile = () => {
      notifications.onboarding.contacts.delete(contactId);
      return new Promise((resolve) => setTimeout(resolve, 2_100));
    };
    const message = await notifications.reaches(await plan('welcome', contactId), 'failed');
    expect(message.code).toBe('contact_gone');
    expect(sentTo(address)).toEqual([]);
  });

  it('sends nothing to who was erased after it was planned', async () => {
    const { contactId, address } = notifications.contact('email');
    notifications.onboarding.away = true;
    const cause = await plan('welcome', contactId);
    await notifications.reaches(cause, 'planned');
    notifications.onboarding.contacts.delete(contactId);
    notifications.onboarding.away = false;
    expect((await notifications.reaches(cause, 'failed')).code).toBe('contact_gone');
    expect(sentTo(address)).toEqual([]);
  });
});
