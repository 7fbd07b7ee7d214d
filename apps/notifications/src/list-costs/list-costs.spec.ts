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

  async function costs(role: 'operations' | 'ministry' | 'officer' = 'operations', query: object = {}) {
    const day = DateTime.now().setZone('Asia/Jakarta').toISODate();
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

  it('is for operations and the ministry, and wants two days', async () => {
    expect((await costs('officer')).status).toBe(403);
    expect((await costs('operations', { from: 'today' })).status).toBe(422);
  });
});
