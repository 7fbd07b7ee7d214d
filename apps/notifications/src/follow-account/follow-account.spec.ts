import fc from 'fast-check';
import { newId } from '@idxcoop/platform';
import { createHmac } from 'node:crypto';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { changesOf } from '../receive-webhook/json';
import { FollowAccountJob } from './follow-account.job';
import { readNotices } from './read-notices';

const NOW = Math.floor(Date.now() / 1000);
const callOf = (...changes: { field: string; value: object; time?: number }[]) => ({
  object: 'whatsapp_business_account',
  entry: changes.map(({ field, value, time = NOW }) => ({ id: '1', time, changes: [{ field, value }] })),
});

describe(FollowAccountJob.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterAll(() => notifications.close());

  async function told(...changes: Parameters<typeof callOf>): Promise<void> {
    const body = JSON.stringify(callOf(...changes));
    const secret = notifications.providers.settings.whatsappAppSecret;
    await notifications.service.http
      .post('/v1/webhooks/whatsapp')
      .set({
        'content-type': 'application/json',
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      })
      .send(body)
      .expect(200);
    await eventually(async () => {
      expect(await notifications.collection('account_notices').countDocuments({ dueAt: { $exists: true } })).toBe(0);
    });
  }
  const budget = async () => {
    const [row] = await notifications.collection('daily_budgets').find({}).toArray();
    return (row as unknown as { people: number } | undefined)?.people;
  };
  const people = (max_daily_conversations_per_business: number | string, time?: number) => ({
    field: 'business_capability_update',
    value: { max_daily_conversations_per_business },
    time,
  });
  const quality = (event: string, time?: number) => ({
    field: 'phone_number_quality_update',
    value: { display_phone_number: '6221000000', event },
    time,
  });

  it('takes over how many people a day we may begin to write to, as a number or as a tier', async () => {
    await told(people(250, NOW - 100));
    expect(await budget()).toBe(250);
    await told(people('TIER_10K', NOW - 90));
    expect(await budget()).toBe(10_000);
    await told(people(-1, NOW - 80));
    expect(await budget()).toBeGreaterThan(1e9);
  });

  it('follows the newest notice, in whichever order they come', async () => {
    await told(people(2_000, NOW - 10));
    await told(people(100_000, NOW - 20), people(250, NOW - 30));
    expect(await budget()).toBe(2_000);
  });

  it('lets the many wait where too many people block the number, until that is over', async () => {
    const line = () =>
      notifications
        .collection('stopped_lines')
        .countDocuments({ _id: 'whatsapp/bulk', until: { $exists: true } } as object);
    await told(quality('FLAGGED', NOW - 20));
    expect(await line()).toBe(1);
    const { cause } = await notifications.requestVerification('whatsapp');
    await notifications.reaches(cause, 'delivered');
    await told(quality('UNFLAGGED', NOW - 10));
    expect(await line()).toBe(0);
    await told(quality('FLAGGED', NOW - 15));
    expect(await line()).toBe(0);
    await told(quality('FLAGGED', NOW - 2 * 86_400));
    expect(await line()).toBe(0);
  });

  it('keeps the states of templates in step', async () => {
    const template = { message_template_name: 'idxcoop_welcome', message_template_language: 'id' };
    const field = 'message_template_status_update';
    await told({ field, value: { ...template, event: 'APPROVED' }, time: NOW - 10 });
    await told({ field, value: { ...template, event: 'PAUSED' }, time: NOW - 20 });
    const moved = { ...template, previous_category: 'UTILITY', new_category: 'MARKETING' };
    await told({ field: 'template_category_update', value: moved });
    const state = await notifications.collection('template_states').findOne({ _id: 'idxcoop_welcome/id' });
    expect(state).toMatchObject({ state: 'APPROVED', category: 'MARKETING' });
  });

  it('counts what it is told, for those who watch', async () => {
    const alert = { alert_severity: 'CRITICAL', alert_type: 'OBA_REJECTED', alert_description: 'PT Rahasia' };
    await told(
      { field: 'account_alerts', value: { entity_type: 'BUSINESS', entity_id: '1', alert_info: alert } },
      { field: 'account_update', value: { event: 'ACCOUNT_RESTRICTION', phone_number: '6221000000' } },
    );
    const { text } = await notifications.service.http.get('/metrics').expect(200);
    expect(text).toMatch(/idxcoop_provider_notices_total\{[^}]*what="CRITICAL OBA_REJECTED"[^}]*\} 1/);
    expect(text).toMatch(/idxcoop_provider_notices_total\{[^}]*what="ACCOUNT_RESTRICTION"[^}]*\} 1/);
    const kept = JSON.stringify(await notifications.collection('account_notices').find({}).toArray());
    expect(kept).not.toMatch(/6221000000|Rahasia/);
  });

  it('handles a notice whose wake-up was lost', async () => {
    const now = new Date();
    const notice = { _id: newId(), subject: 'people_per_day', notice: { kind: 'people_per_day', people: 50 } };
    const row = { ...notice, at: now, dueAt: now, forgetAt: new Date(now.getTime() + 60_000) };
    await notifications.collection('account_notices').insertOne(row as { _id: string });
    await eventually(async () => expect(await budget()).toBe(50));
  });
});

describe(readNotices.name, () => {
  const read = (field: string, value: object) => readNotices(changesOf(callOf({ field, value })));
  const at = new Date(NOW * 1000);

  it('reads the state and the category of a template', () => {
    const template = {
      message_template_id: 1,
      message_template_name: 'idxcoop_welcome',
      message_template_language: 'id',
    };
    expect(read('message_template_status_update', { ...template, event: 'PAUSED', reason: 'NONE' })).toEqual([
      {
        at,
        notice: {
          kind: 'template_state',
          template: 'idxcoop_welcome',
          language: 'id',
          state: 'PAUSED',
          reason: 'NONE',
        },
      },
    ]);
    const category = { previous_category: 'UTILITY', new_category: 'MARKETING' };
    expect(read('template_category_update', { ...template, ...category })).toEqual([
      { at, notice: { kind: 'template_category', template: 'idxcoop_welcome', language: 'id', category: 'MARKETING' } },
    ]);
  });

  it('reads the field that Meta took away in 2026 as well', () => {
    const expected = [{ at, notice: { kind: 'people_per_day', people: 2_000 } }];
    expect(read('business_capability_update', { max_daily_conversation_per_phone: 2_000 })).toEqual(expected);
  });

  it('keeps nothing that is no word of Meta', () => {
    expect(read('account_alerts', { alert_type: 'Siti Rahma, 0812' })).toEqual([]);
    expect(read('message_template_status_update', { event: 'APPROVED' })).toEqual([]);
    expect(read('business_capability_update', { max_daily_conversations_per_business: 'TIER_NOT_SET' })).toEqual([]);
    expect(read('toString', {})).toEqual([]);
    fc.assert(fc.property(fc.anything(), (body) => expect(readNotices(changesOf(body))).toEqual([])));
  });
});
