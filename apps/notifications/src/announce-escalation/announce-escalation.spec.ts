import { event, ReviewEscalatedV1, ReviewPausedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { startNotifications } from '../../../../test/support/notifications';
import { AskForInformationConsumer } from '../ask-for-information/ask-for-information.consumer';
import { AnnounceEscalationConsumer } from './announce-escalation.consumer';

describe('what is told of a review case', () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications({ config: { retryTiers: [100, 3_000, 3_000, 3_000] } });
  });
  afterAll(() => notifications?.close());

  const about = () => ({
    reviewCaseId: newId(),
    cooperativeId: newId(),
    regionCode: '51.71.01',
    office: 'province' as const,
    officeCode: '51',
    by: 'system',
    effectiveOn: '2026-03-09T16:00:00.000Z',
    knownAt: '2026-03-09T16:00:00.000Z',
  });
  const mailsTo = (to: string) => notifications.providers.messages({ to });

  /** The two cases of every consumer, with a fact that reaches one address. */
  function both(consumer: string, prepare: () => { fact: object; address: string }) {
    it('changes nothing when the event is redelivered', async () => {
      const { fact, address } = prepare();
      const cause = await notifications.publish(fact);
      await notifications.reaches(cause, 'sent');
      await notifications.forgetInbox();
      await notifications.publish(fact, cause);
      await notifications.seen(consumer, cause);
      expect(await notifications.audiences(cause)).toHaveLength(1);
      expect(mailsTo(address)).toHaveLength(1);
    });

    it('leaves the event for later when the audience cannot be planned', async () => {
      const { fact, address } = prepare();
      const restore = await notifications.refuseWritesTo('audiences');
      const cause = await notifications.publish(fact);
      await notifications.leftForLater(consumer, cause);
      expect(await notifications.audiences(cause)).toEqual([]);
      await restore();
      await notifications.reaches(cause, 'sent');
      expect(mailsTo(address)).toHaveLength(1);
    });
  }

  describe(AskForInformationConsumer.name, () => {
    function paused() {
      const { contactId, address } = notifications.contact('email', {
        reasons: [{ requirement: 'completeBoard', code: 'incomplete', note: 'Mohon daftar terbaru' }],
      });
      const informationRequestId = newId();
      const fact = event(ReviewPausedV1, {
        ...about(),
        reason: 'information_requested',
        informationRequestId,
        reasonCodes: ['incomplete'],
      });
      notifications.onboarding.verifiedContacts.set(fact.cooperativeId, [
        { contactId, channel: 'email', language: 'id' },
      ]);
      return { fact, address, contactId, informationRequestId };
    }

    it('asks in the words of the officer, which it gets at the moment of delivery', async () => {
      const { fact, address, contactId, informationRequestId } = paused();
      const cause = await notifications.publish(fact);
      const message = await notifications.reaches(cause, 'sent');
      expect(message).toMatchObject({ category: 'transactional', template: 'information_request' });
      expect(mailsTo(address)[0]?.text).toContain('Daftar pengurus belum lengkap: Mohon daftar terbaru');
      expect(JSON.stringify(message)).not.toContain('terbaru');
      expect(notifications.onboarding.asked).toContain(
        `/internal/contacts/${contactId}/delivery?purpose=information&informationRequestId=${informationRequestId}`,
      );
    });

    both('ask-for-information', paused);
  });

  describe(AnnounceEscalationConsumer.name, () => {
    function escalated(fields: Partial<ReviewEscalatedV1> = {}) {
      const officialId = newId();
      const address = `${officialId}@dinas.example`;
      const official = { channel: 'email', address, language: 'id', name: 'Rina', cooperativeName: 'Koperasi Maju' };
      notifications.onboarding.officials.set(officialId, official);
      notifications.onboarding.programmeLeads = [{ officialId, channel: 'email', language: 'id' }];
      notifications.onboarding.officers.length = 0;
      notifications.onboarding.officers.push({ officialId, level: 'province', channel: 'email', language: 'id' });
      const fact = event(ReviewEscalatedV1, {
        ...about(),
        reason: 'deadline_missed',
        officialId,
        previousOffice: 'regency',
        missedAt: '2026-03-09T16:00:00.000Z',
        dueAt: '2026-03-12T16:00:00.000Z',
        ...fields,
      });
      return { fact, address, officialId };
    }

    it('tells the officer who has the case now, by the clock of their office', async () => {
      const { fact, address, officialId } = escalated();
      const cause = await notifications.publish(fact);
      await notifications.reaches(cause, 'sent');
      expect(mailsTo(address)[0]?.text).toMatch(/Koperasi Maju .*10 Maret 2026[^]*13 Maret 2026/);
      expect(notifications.onboarding.asked).toContain(`/internal/officials?id=${officialId}`);
    });

    it.each<[string, Partial<ReviewEscalatedV1>, string]>([
      ['the officers of the province', {}, 'role=officer&territory=51.71.01&level=province'],
      ['the ministry', { office: 'ministry', officeCode: 'ID' }, 'role=ministry'],
    ])('tells %s where nobody has it', async (_case, fields, question) => {
      const { fact, address } = escalated({ ...fields, officialId: undefined });
      const cause = await notifications.publish(fact);
      await notifications.reaches(cause, 'sent');
      expect(mailsTo(address)).toHaveLength(1);
      expect(notifications.onboarding.asked).toContain(`/internal/officials?${question}`);
    });

    both('announce-escalation', escalated);
  });
});
