import { event, CooperativeVerifiedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { TemplateStates } from './template-states';

describe(TemplateStates.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let states: TemplateStates;
  const at = (minute: number) => new Date(Date.UTC(2020, 9, 8, 1, minute));
  const approval = { channel: 'whatsapp', template: 'approval', language: 'id' } as const;
  const says = (event: string, minute: number, reason?: string) =>
    states.apply({ name: 'idxcoop_approval', language: 'id', event, at: at(minute), ...(reason && { reason }) });

  beforeAll(async () => {
    notifications = await startNotifications();
    states = notifications.service.get(TemplateStates);
  });
  afterEach(() =>
    notifications
      .collection('template_states')
      .deleteMany({})
      .then(() => says('APPROVED', 0)),
  );
  afterAll(() => notifications.close());

  it('lets a template be used of which Meta has said nothing', async () => {
    expect(await states.stops({ ...approval, template: 'welcome' })).toBe(false);
  });

  it.each(['PENDING', 'REJECTED', 'PAUSED', 'DISABLED', 'DELETED'])(
    'stops it, in its language, at %s',
    async (state) => {
      await says(state, 1);
      expect(await states.stops(approval)).toBe(true);
      expect(await states.stops({ ...approval, language: 'en' })).toBe(false);
      expect(await states.stops({ ...approval, channel: 'email' })).toBe(false);
    },
  );

  it('keeps the newest, however they come', async () => {
    await says('PAUSED', 2, 'LOW_QUALITY');
    await says('APPROVED', 1);
    await says('PAUSED', 2, 'LOW_QUALITY');
    expect(await states.of('idxcoop_approval', 'id')).toMatchObject({ state: 'PAUSED', reason: 'LOW_QUALITY' });
    await says('APPROVED', 3);
    expect(await states.stops(approval)).toBe(false);
    expect((await states.of('idxcoop_approval', 'id'))?.reason).toBeUndefined();
  });

  it('keeps a category apart from the state', async () => {
    await states.apply({ name: 'idxcoop_approval', language: 'id', newCategory: 'MARKETING', at: at(5) });
    await says('PAUSED', 4);
    expect(await states.of('idxcoop_approval', 'id')).toMatchObject({ state: 'PAUSED', category: 'MARKETING' });
  });

  /** A cooperative with a person on these channels is verified. */
  const verify = (...channels: ('email' | 'whatsapp')[]) => verifyWith({}, ...channels);
  async function verifyWith(fields: object, ...channels: ('email' | 'whatsapp')[]) {
    const cooperativeId = newId();
    const personId = newId();
    const contacts = channels.map((channel) => ({
      channel,
      ...notifications.contact(channel, { personId, ...fields }),
    }));
    const consents = { service: true, announcements: true };
    notifications.onboarding.verifiedContacts.set(
      cooperativeId,
      contacts.map(({ contactId, channel }) => ({
        contactId,
        personId,
        channel,
        language: 'id',
        consented: true,
        consents,
      })),
    );
    const now = new Date().toISOString();
    const about = { cooperativeId, type: 'savings_loan', form: 'primary', regionCode: '12.71.05.1003' } as const;
    const fact = event(CooperativeVerifiedV1, { ...about, effectiveOn: now, knownAt: now });
    return { cause: await notifications.publish(fact), contacts };
  }

  it('lets messages wait until Meta approves, and then go', async () => {
    await says('PAUSED', 1);
    const { cause, contacts } = await verify('whatsapp');
    expect(await notifications.reaches(cause, 'held')).toMatchObject({ code: 'template_not_approved' });
    expect(notifications.providers.messages({ to: contacts[0]?.address })).toEqual([]);
    await says('APPROVED', 2);
    await notifications.reaches(cause, 'delivered', 25_000);
    expect(notifications.providers.messages({ to: contacts[0]?.address })).toHaveLength(1);
  });

  it('asks for the language in which the letter is written, not for that in which it was planned', async () => {
    await says('PAUSED', 1);
    const english = await verifyWith({ language: 'en' }, 'whatsapp');
    await notifications.reaches(english.cause, 'delivered');
    await says('APPROVED', 2);
    await states.apply({ name: 'idxcoop_approval', language: 'en', event: 'PAUSED', at: at(3) });
    const held = await verifyWith({ language: 'en' }, 'whatsapp');
    expect(await notifications.reaches(held.cause, 'held')).toMatchObject({ code: 'template_not_approved' });
    await states.apply({ name: 'idxcoop_approval', language: 'en', event: 'APPROVED', at: at(4) });
    await notifications.reaches(held.cause, 'delivered', 25_000);
  });

  it('sends by the next channel where there is one', async () => {
    await says('REJECTED', 1);
    const { cause, contacts } = await verify('whatsapp', 'email');
    const [whatsapp, email] = contacts.map(({ address }) => ({ to: address }));
    const became = async () =>
      (await notifications.messages.find({ cause }).toArray()).map(({ channel, state, code }) => ({
        channel,
        state,
        code,
      }));
    await eventually(
      async () =>
        expect(await became()).toMatchObject([
          { channel: 'whatsapp', state: 'failed', code: 'template_not_approved' },
          { channel: 'email', state: 'sent' },
        ]),
      15_000,
    );
    expect(notifications.providers.messages(email)).toHaveLength(1);
    expect(notifications.providers.messages(whatsapp)).toEqual([]);
  });
});
