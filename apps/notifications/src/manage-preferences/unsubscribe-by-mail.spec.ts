import { ContactVerifiedV1, event, MilestoneReachedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { startNotifications, verificationRequested } from '../../../../test/support/notifications';
import { Messages } from '../message/messages';
import { PreferencesHandler } from './preferences.handler';
import { settingsOf } from '../workflow/workflows';

describe(`${PreferencesHandler.name}, from the mail as it arrived`, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());

  /** Sends the welcome of a new person and takes the link from the end of their mail. */
  async function welcomed() {
    const { contactId, address } = notifications.contact('email');
    const now = new Date().toISOString();
    const fact = event(ContactVerifiedV1, {
      contactId,
      channel: 'email',
      first: true,
      flowId: newId(),
      cooperativeId: newId(),
      language: 'id',
      type: 'savings_loan',
      form: 'primary',
      regionCode: '12.71.05.1003',
      effectiveOn: now,
      knownAt: now,
    });
    await notifications.reaches(await notifications.publish(fact), 'sent');
    const [mail] = notifications.providers.messages({ to: address });
    const [link = ''] = /https:\/\/\S+\/v1\/preferences\/\S+/.exec(mail?.text ?? '') ?? [];
    expect(mail?.html).toContain(`href="${link}"`);
    return { contactId, address, link: new URL(link), mail };
  }

  /** Plans an announcement to a contact, as a later feature will. */
  async function announceTo(contactId: string): Promise<string> {
    const cause = newId();
    const plan = {
      cause,
      template: 'milestone',
      channel: 'email',
      language: 'id',
      recipientKind: 'contact',
      recipientId: contactId,
      details: { targetKey: 'idxcoop-2020', percent: 50, reachedOn: '2020-10-08', actual: 310 },
      ...settingsOf('milestone', new Date()),
    } as const;
    const { mongo } = notifications.service;
    await mongo.transaction((session) => notifications.service.get(Messages).plan(plan, session));
    return cause;
  }

  const milestone = () => {
    const reachedOn = new Date().toISOString().slice(0, 10);
    const plan = { targetKey: 'idxcoop-2020', planVersion: 1, percent: 50, reachedOn, actual: 310 };
    return event(MilestoneReachedV1, { ...plan, effectiveOn: reachedOn, knownAt: new Date().toISOString() });
  };

  it('lets a person stop announcements by the link in their welcome, and still get codes', async () => {
    const { contactId, address, link } = await welcomed();
    const { http } = notifications.service;
    await http.get(link.pathname).set('accept', 'text/html').expect(200);
    await notifications.reaches(await announceTo(contactId), 'sent');
    const page = await http.get(link.pathname).set('accept', 'text/html').expect(200);
    const [, action = '', value = ''] =
      /action="([^"]+)"[\s\S]*name="announcements" value="(\w+)"/.exec(page.text) ?? [];
    await http.post(action).type('form').send({ announcements: value }).expect(200);
    const announced = await notifications.reaches(await announceTo(contactId), 'suppressed');
    expect(announced.code).toBe('opted_out');
    const asked = await notifications.publish(verificationRequested(contactId, 'email', 2));
    await notifications.reaches(asked, 'sent');
    const sent = notifications.providers.messages({ to: address }).map(({ template }) => template);
    expect(sent).toEqual(['welcome', 'milestone', 'verification']);
  });

  it('gives announcements, and nothing else, the headers by which a mail program unsubscribes', async () => {
    const { contactId, address, mail: welcome } = await welcomed();
    await notifications.reaches(await announceTo(contactId), 'sent');
    const code = await notifications.publish(verificationRequested(contactId, 'email', 2));
    await notifications.reaches(code, 'sent');
    const [, announcement, verification] = notifications.providers.messages({ to: address });
    for (const asked of [welcome, verification]) expect(asked?.headers).not.toHaveProperty(['list-unsubscribe']);
    expect(verification?.text).not.toContain('/v1/preferences/');
    expect(announcement?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    const [, url = ''] =
      /^<(https:\/\/idxcoop\.example\/v1\/unsubscribe\/\S+)>$/.exec(announcement?.headers['list-unsubscribe'] ?? '') ??
      [];
    const { pathname } = new URL(url);
    const { body } = await notifications.service.http.get(pathname).expect(200);
    expect(body).toMatchObject({ announcements: true });
    await notifications.service.http.post(pathname).type('form').send('List-Unsubscribe=One-Click').expect(200);
    expect((await notifications.reaches(await announceTo(contactId), 'suppressed')).code).toBe('opted_out');
  });

  it('holds for officials too', async () => {
    const { address } = notifications.programmeLead();
    await notifications.reaches(await notifications.publish(milestone()), 'sent');
    const [mail] = notifications.providers.messages({ to: address });
    const { pathname } = new URL(mail?.headers['list-unsubscribe']?.slice(1, -1) ?? '');
    await notifications.service.http.post(pathname).type('form').send('List-Unsubscribe=One-Click').expect(200);
    const next = await notifications.publish(milestone());
    expect((await notifications.reaches(next, 'suppressed')).code).toBe('opted_out');
    expect(notifications.providers.messages({ to: address })).toHaveLength(1);
  });
});
