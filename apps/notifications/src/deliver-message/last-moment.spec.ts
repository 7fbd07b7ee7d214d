import { newId } from '@idxcoop/platform';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { startNotifications } from '../../../../test/support/notifications';
import { REMEMBERED_MS } from '../campaign/campaigns';
import type { Permit } from '../limit/permit';
import type { Message, TemplateKey } from '../message/message.schema';
import { Messages, type NotBefore } from '../message/messages';
import { Lines } from '../provider/lines';
import { Suppressions } from '../suppression/suppressions';
import { settingsOf, type WorkflowKey } from '../workflow/workflows';
import { Letters } from './letters';
import type { WrittenLetter } from './outcome';
import { Post } from './post';

const TEMPLATE_OF: Partial<Record<WorkflowKey, TemplateKey>> = { milestone: 'milestone', campaign: 'announcement' };

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
  afterEach(async () => {
    meanwhile = () => Promise.resolve();
    await notifications.service.get(Lines).open('email');
  });
  afterAll(async () => {
    await notifications.close();
    greeter.server.close();
  });

  async function plan(
    workflow: WorkflowKey,
    recipientId: string,
    channel: 'email' | 'whatsapp' = 'email',
    notBefore?: NotBefore,
    cause = newId(),
  ) {
    const template = TEMPLATE_OF[workflow] ?? 'welcome';
    const details = { targetKey: 'idxcoop-2020', percent: 50, reachedOn: '2020-10-08', actual: 310 };
    const person = { recipientKind: 'contact', recipientId, channel, language: 'id' } as const;
    const settings = settingsOf(workflow, new Date());
    await notifications.service.mongo.transaction((session) =>
      notifications.service
        .get(Messages)
        .plan({ cause, template, details, notBefore, ...person, ...settings }, session),
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

  it('counts a request from its own bytes, not from those of a question before it', async () => {
    const { contactId } = notifications.contact('whatsapp');
    const cause = await plan('welcome', contactId, 'whatsapp', { at: new Date(Date.now() + 3_600_000), code: 'later' });
    await notifications.messages.updateOne({ cause }, { $set: { state: 'planned', lease: 'mine' } });
    const message = (await notifications.messages.findOne({ cause })) as Message;
    const letter = (await notifications.service.get(Letters).write(message)) as WrittenLetter;
    const steps: string[] = [];
    const step = (name: string) => () => void steps.push(name);
    notifications.onboarding.meanwhile = () => Promise.resolve(step('asked')());
    const permit = {
      ...{ remaining: 0, left: step('left'), answered: step('answered'), back: step('back') },
      moment: () => Promise.resolve(step('moment')()),
    };
    const outcome = await notifications.service
      .get(Post)
      .send({ ...letter, writtenAt: Date.now() - 5_000 }, permit as unknown as Permit);
    notifications.onboarding.meanwhile = undefined;
    expect(outcome.kind).toBe('accepted');
    expect(steps).toEqual(['asked', 'moment', 'left', 'answered', 'back']);
  });

  it('lets wait what people stop after the letter was written', async () => {
    const { contactId, address } = notifications.contact('email');
    meanwhile = () =>
      notifications.service.get(Lines).order('email', { by: 'op-1', at: new Date(), reason: 'wrong words' });
    const message = await notifications.reaches(await plan('welcome', contactId), 'held');
    expect(message.code).toBe('stopped_by_operations');
    expect(message.leftAt).toBeUndefined();
    expect(sentTo(address)).toEqual([]);
  });

  it.each([
    ['paused', 'held', 'campaign_paused'],
    ['cancelled', 'suppressed', 'campaign_cancelled'],
  ] as const)('sends nothing of a campaign that is %s after the letter was written', async (change, state, code) => {
    const { contactId, address } = notifications.contact('email');
    const texts = { id: { headline: 'Pelatihan', text: 'Pelatihan daring hari Sabtu.' } };
    const cause = newId();
    const campaigns = notifications.collection('campaigns');
    await campaigns.insertOne({ _id: cause, state: 'running', texts } as unknown as { _id: string });
    meanwhile = async () => {
      await campaigns.updateOne({ _id: cause }, { $set: { state: change } });
      await new Promise((resolve) => setTimeout(resolve, REMEMBERED_MS + 50));
    };
    await plan('campaign', contactId, 'email', undefined, cause);
    expect((await notifications.reaches(cause, state)).code).toBe(code);
    expect(sentTo(address)).toEqual([]);
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
