import { ContactVerifiedV1, event } from '@idxcoop/contracts';
import { Cipher, Derivation, newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import { Limits } from '../limit/limits';
import { Suppressions } from '../suppression/suppressions';
import { AnswerInboundJob } from './answer-inbound.job';
import { ANSWERS } from './answered-number.schema';
import type { InboundMessage } from './inbound-message.schema';

describe(AnswerInboundJob.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    notifications = await startNotifications();
  });
  afterEach(() => {
    notifications.onboarding.away = false;
  });
  afterAll(() => notifications.close());

  const number = () => `+62813${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  const rows = () => notifications.collection('inbound_messages');
  const suppressions = () => notifications.collection('suppressions');
  const answersTo = (phone: string) => notifications.providers.messages({ to: phone });

  const write = (from: string, text: string) => notifications.providers.hear({ from, text });
  /** Waits until everything that was heard has been read, and every answer is there. */
  const answered = (count: number) =>
    eventually(async () => {
      expect(await rows().countDocuments({})).toBeGreaterThanOrEqual(count);
      expect(await rows().countDocuments({ dueAt: { $exists: true } })).toBe(0);
      const waiting = { recipientKind: 'inbound', state: { $in: ['planned', 'sending', 'sent'] } };
      expect(await notifications.messages.countDocuments(waiting)).toBe(0);
    });
  let heard = 0;
  const planned = async () => {
    const messages = await notifications.messages.find({ recipientKind: 'inbound' }).toArray();
    return messages.map(({ template }) => template);
  };
  /** What was planned as answer to a text; the pair limit may hold it for some seconds. */
  async function says(from: string, text: string): Promise<string[]> {
    const before = await planned();
    write(from, text);
    heard += 1;
    await answered(heard);
    return (await planned()).slice(before.length);
  }
  /** What a number reads that writes for the first time. */
  async function reads(from: string, text: string): Promise<string> {
    await says(from, text);
    return answersTo(from)
      .map((item) => item.text ?? '')
      .join('\n');
  }
  /** As if the last answer to a number was a while ago. */
  const later = () => notifications.collection('answered_numbers').deleteMany({});

  function verified(phone: string, cooperatives: string[], language = 'id'): void {
    const contacts = cooperatives.map((cooperativeName) => {
      const { contactId } = notifications.contact('whatsapp', {
        cooperativeName,
        language,
        statusUrl: `/status?of=${encodeURIComponent(cooperativeName)}`,
      });
      return { contactId, cooperativeId: newId(), language };
    });
    notifications.onboarding.numbers.set(phone, contacts);
  }

  it('stops what nobody asked for at BERHENTI from anyone, and says so once', async () => {
    const phone = number();
    expect(await reads(phone, 'Tolong *berhenti* ya!')).toContain(
      'tidak akan menerima pengumuman maupun pemberitahuan lagi',
    );
    expect(await notifications.collection('consent_entries').countDocuments({ how: 'stop_word' } as object)).toBe(3);
    const stopped = await suppressions()
      .find({ reason: 'stop_word' } as object)
      .toArray();
    expect(stopped).toEqual([expect.objectContaining({ scope: 'notices', reason: 'stop_word' })]);
    await later();
    expect(await says(phone, 'STOP')).toEqual([]);
    expect(await suppressions().countDocuments({ reason: 'stop_word' } as object)).toBe(1);
  });

  it('sends no notice to a number that stopped, and still the code that it asks for', async () => {
    const { contactId, address } = notifications.contact('whatsapp');
    await says(address, 'berhenti');
    const now = new Date().toISOString();
    const welcome = event(ContactVerifiedV1, {
      contactId,
      channel: 'whatsapp',
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
    await notifications.reaches(await notifications.publish(welcome), 'suppressed');
    const { cause } = await notifications.requestVerification('whatsapp', { address });
    await notifications.reaches(cause, 'delivered');
    expect(answersTo(address).map((item) => item.template)).toEqual([null, 'idxcoop_verification_code']);
  });

  it('lifts with MULAI what the word set, and nothing else', async () => {
    const phone = number();
    await says(phone, 'BERHENTI');
    const [row] = await suppressions()
      .find({ reason: 'stop_word' } as object)
      .sort({ since: -1 })
      .limit(1)
      .toArray();
    const { subject } = row as unknown as { subject: string };
    const other = { _id: newId(), subject, scope: 'announcements', reason: 'complaint', since: new Date() };
    await suppressions().insertOne(other as { _id: string });
    await later();
    expect(await says(phone, 'mulai')).toEqual(['started']);
    expect(
      await suppressions()
        .find({ subject } as object)
        .toArray(),
    ).toEqual([other]);
  });

  it('lifts what says that a number has no WhatsApp once it writes, and answers it', async () => {
    const phone = number();
    const subject = notifications.service.get(Derivation).hash('address', phone);
    const suppressed = notifications.service.get(Suppressions);
    await suppressed.add([subject], 'all', '131026');
    await suppressed.add([subject], 'announcements', '131050');
    expect(await reads(phone, 'halo')).toContain('layanan otomatis');
    expect(await suppressed.inForce([subject])).toEqual([
      { _id: expect.any(String), scope: 'announcements', reason: '131050' },
    ]);
    const entries = { subjects: subject, decision: 'given', reason: '131026', channel: 'whatsapp' };
    expect(await notifications.collection('consent_entries').countDocuments(entries as object)).toBe(3);
  });

  it('answers STATUS with the link of a verified contact, in their language', async () => {
    const phone = number();
    verified(phone, ['Koperasi Maju'], 'en');
    const answer = await reads(phone, 'status?');
    expect(answer).toContain('The status page of your cooperative');
    expect(answer).toContain('https://idxcoop.example/status?of=Koperasi%20Maju');
    const [sent] = answersTo(phone);
    expect(sent).toMatchObject({ template: null, deliveryId: expect.any(String) });
    const message = await notifications.messages.findOne({ _id: sent?.deliveryId });
    expect(message).toMatchObject({ template: 'status_reply', state: 'delivered', cooperativeId: expect.any(String) });
  });

  it('answers STATUS with three links at most, and says that there are more', async () => {
    const phone = number();
    verified(phone, ['Satu', 'Dua', 'Tiga', 'Empat', 'Lima']);
    const answer = await reads(phone, 'Status koperasi saya');
    expect(answer.match(/https:\S+/g)).toHaveLength(3);
    expect(answer).toContain('Satu: https://idxcoop.example/status?of=Satu\nDua: ');
    expect(answer).toContain('dan 2 koperasi lain');
  });

  it.each([
    ['STATUS from who has not verified', 'STATUS'],
    ['anything else', 'Selamat pagi, kapan rapat anggota?'],
    ['MULAI in the middle of a sentence', 'kapan kegiatan mulai di daerah kami'],
  ])('answers %s with help', async (_name, text) => {
    const phone = number();
    expect(await reads(phone, text)).toContain('layanan otomatis IDXCOOP');
    expect(answersTo(phone)).toHaveLength(1);
  });

  it('answers a picture with help, and a reaction not at all', async () => {
    const phone = number();
    notifications.providers.hear({ from: phone, content: { type: 'reaction', reaction: { emoji: '👍' } } });
    notifications.providers.hear({ from: phone, content: { type: 'image', image: { id: '1' } } });
    heard += 1;
    await answered(heard);
    expect(answersTo(phone).map((item) => item.text)).toEqual([expect.stringContaining('layanan otomatis')]);
  });

  it('sends no link to who is not known any more when it is delivered', async () => {
    const phone = number();
    verified(phone, ['Koperasi Maju']);
    const { onboarding } = notifications;
    onboarding.meanwhile = async () => void setImmediate(() => onboarding.numbers.delete(phone));
    expect(await says(phone, 'status')).toEqual(['status_reply']);
    onboarding.meanwhile = undefined;
    const gone = { recipientKind: 'inbound', template: 'status_reply', code: 'contact_gone' };
    expect(await notifications.messages.countDocuments(gone)).toBe(1);
    expect(answersTo(phone)).toEqual([]);
  });

  it('does what a word says that comes a day late, and does not answer: WhatsApp would refuse free words', async () => {
    const phoneHash = notifications.service.get(Derivation).hash('address', number());
    const ago = new Date(Date.now() - 24 * 3_600_000);
    const text = notifications.service.get(Cipher).encrypt('berhenti');
    const row = { _id: newId(), providerIdHash: newId(), phone: 'v1.', phoneHash, text, sentAt: ago };
    const late = { ...row, receivedAt: new Date(), dueAt: new Date(), forgetAt: new Date(Date.now() + 60_000) };
    await rows().insertOne(late as { _id: string });
    heard += 1;
    await answered(heard);
    expect(await suppressions().countDocuments({ subject: phoneHash } as object)).toBe(1);
    expect(await notifications.messages.countDocuments({ recipientId: row._id })).toBe(0);
  });

  it('answers no second time within ten seconds, and not more than so often a day', async () => {
    const phone = number();
    expect(await says(phone, 'halo')).toEqual(['help']);
    expect(await says(phone, 'halo?')).toEqual([]);
    const day = notifications.collection('answered_numbers');
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const answers = (count: number) => ({ at: Array.from({ length: count }, (_, index) => hoursAgo(index + 1)) });
    await day.updateMany({}, { $set: answers(ANSWERS.perDay - 1) });
    expect(await says(phone, 'halo lagi')).toEqual(['help']);
    await day.updateMany({}, { $set: answers(ANSWERS.perDay) });
    expect(await says(phone, 'masih di sana?')).toEqual([]);
    expect(await says(phone, 'berhenti')).toEqual([]);
    expect(await suppressions().countDocuments({ reason: 'stop_word' } as object)).toBeGreaterThan(1);
  });

  it('tells who stops that it is done, however soon after another answer', async () => {
    const phone = number();
    await says(phone, 'halo');
    expect(await says(phone, 'stop')).toEqual(['stopped']);
  });

  it('answers who writes though no more people may be written to today', async () => {
    await notifications.service.get(Limits).setDailyPeople('whatsapp', 0);
    const phone = number();
    expect(await reads(phone, 'halo')).toContain('layanan otomatis');
    await notifications.collection('daily_budgets').deleteMany({});
  });

  it('gives two messages of a number at the same time one answer', async () => {
    const phone = number();
    for (const text of ['halo', 'halo pak', 'permisi', 'ada orang?']) write(phone, text);
    heard += 4;
    await answered(heard);
    expect(answersTo(phone)).toHaveLength(1);
  });

  it('waits for onboarding where only it can tell, and stops without it', async () => {
    const phone = number();
    verified(phone, ['Koperasi Maju']);
    notifications.onboarding.away = true;
    write(phone, 'status');
    write(number(), 'berhenti');
    heard += 2;
    await eventually(async () => {
      expect(await rows().countDocuments({})).toBe(heard);
      expect(await rows().countDocuments({ dueAt: { $exists: true } })).toBe(1);
    });
    notifications.onboarding.away = false;
    await rows().updateMany({ dueAt: { $exists: true } }, { $set: { dueAt: new Date() } });
    await answered(heard);
    expect(answersTo(phone)).toHaveLength(1);
  });

  it('keeps no text once it is read, no number in the open, and nothing for more than a week', async () => {
    const phone = number();
    await says(phone, 'rahasia koperasi kami');
    const [row] = await rows().find({}).sort({ receivedAt: -1 }).limit(1).toArray();
    const { text, forgetAt, receivedAt } = row as unknown as InboundMessage;
    expect(text).toBeUndefined();
    expect(forgetAt.getTime() - receivedAt.getTime()).toBeLessThanOrEqual(7 * 86_400_000);
    for (const name of ['inbound_messages', 'answered_numbers', 'messages', 'suppressions', 'outbox']) {
      const kept = JSON.stringify(await notifications.collection(name).find({}).toArray());
      expect(kept).not.toContain(phone.slice(1));
      expect(kept).not.toContain('rahasia');
      expect(kept).not.toContain('Siti');
    }
  });
});
