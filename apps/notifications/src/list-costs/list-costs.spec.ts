import { Mongo, newId } from '@idxcoop/platform';
import { DateTime } from 'luxon';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { Messages } from '../message/messages';
import { settingsOf } from '../workflow/workflows';
import { ListCostsController } from './list-costs.controller';

describe(ListCostsController.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  beforeAll(async () => {
    const whatsappPrices = { authentication: 350.5, utility: 300, marketing: 600, service: 0 };
    notifications = await startNotifications({ config: { whatsappPrices, whatsappDailyCostCap: 700 } });
  });
  afterAll(() => notifications.close());

  const today = () => DateTime.now().setZone('Asia/Jakarta');

  async function costs(role: 'operations' | 'ministry' | 'officer' = 'operations', query: object = {}) {
    const day = today().toISODate();
    const bearer = await notifications.service.token({ roles: [role] });
    const request = notifications.service.http.get('/v1/message-costs').query({ from: day, until: day, ...query });
    return request.set('authorization', `Bearer ${bearer}`);
  }

  async function importConfirmation() {
    const { contactId } = notifications.contact('whatsapp');
    const cause = newId();
    await notifications.service.get(Mongo).transaction((session) =>
      notifications.service.get(Messages).plan(
        {
          ...settingsOf('import_confirmation', new Date()),
          ...{ cause, template: 'verification', language: 'id', recipientKind: 'contact', details: {} },
          ...{ recipientId: contactId, channel: 'whatsapp' },
        },
        session,
      ),
    );
    return cause;
  }

  it('counts what is sent, arrives and fails, and lets the many wait for tomorrow once the money is spent', async () => {
    notifications.providers.misbehave('whatsapp', { fail: 'code', code: 131026 });
    const lost = await notifications.requestVerification('whatsapp');
    await notifications.reaches(lost.cause, 'failed');
    const first = await importConfirmation();
    await notifications.reaches(first, 'delivered');
    const second = await notifications.requestVerification('whatsapp');
    await notifications.reaches(second.cause, 'delivered');
    const mail = await notifications.requestVerification('email');
    await notifications.reaches(mail.cause, 'sent');
    const row = { category: 'authentication', template: 'verification', channel: 'whatsapp' };
    await eventually(async () => {
      const { body } = await costs('ministry');
      expect(body).toMatchObject({ rupiah: 701, dailyCapRupiah: 700 });
      expect(body.items).toMatchObject([
        { channel: 'email', category: 'email', sent: 1, rupiah: 0 },
        { ...row, sent: 3, delivered: 2, failed: 1, rupiah: 701, committedRupiah: 701 },
      ]);
    });
    const many = await importConfirmation();
    const held = await notifications.reaches(many, 'held');
    expect(held.code).toBe('daily_cap');
    const midnight = DateTime.now().setZone('Asia/Jakarta').plus({ days: 1 }).startOf('day').toMillis();
    expect(held.dueAt?.getTime()).toBeGreaterThanOrEqual(midnight - 1_000);
    const urgent = await notifications.requestVerification('whatsapp');
    await notifications.reaches(urgent.cause, 'delivered');
  });

  it('takes back what fails from the day on which it was sent', async () => {
    const { cause } = await notifications.requestVerification('whatsapp');
    const { _id } = await notifications.reaches(cause, 'delivered');
    const sentAt = today().minus({ days: 1 });
    const sent = { $set: { state: 'sent', sentAt: sentAt.toJSDate() }, $unset: { deliveredAt: 1, readAt: 1 } };
    await notifications.messages.updateOne({ _id }, sent);
    await notifications.service.get(Messages).report(_id, { status: 'failed', at: new Date(), code: '131026' });
    const day = sentAt.toISODate();
    await eventually(async () => {
      const { body } = await costs('operations', { from: day, until: day });
      expect(body.items).toMatchObject([{ template: 'verification', failed: 1, committedRupiah: -350.5 }]);
    });
  });

  it('is for operations and the ministry, and wants two days', async () => {
    expect((await costs('officer')).status).toBe(403);
    expect((await costs('operations', { from: 'today' })).status).toBe(422);
  });
});
