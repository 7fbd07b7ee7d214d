import {
  ContactVerifiedV1,
  CooperativeFoundDuplicateV1,
  CooperativeVerifiedV1,
  event,
  MessageSentV1,
} from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { cooperative, importedReady, publishFacts, startReporting } from '../../../../test/support/reporting';
import { RecordFactConsumer } from './record-fact.consumer';

describe(RecordFactConsumer.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;

  beforeAll(async () => {
    reporting = await startReporting({ config: { retryTiers: [100, 200, 400, 800] } });
  });
  afterAll(() => reporting.close());

  const at = (day: string) => ({ effectiveOn: `${day}T03:00:00.000Z`, knownAt: `${day}T03:00:00.000Z` });
  const facts = () => reporting.collection('facts');

  it('keeps a fact as it came, with when it was true, known and recorded', async () => {
    const fact = event(CooperativeVerifiedV1, {
      ...cooperative(),
      effectiveOn: '2020-10-05',
      knownAt: '2020-10-08T03:00:00.000Z',
    });
    const [id] = await reporting.learn([fact]);
    const kept = await facts().findOne({ _id: id as never });
    expect(kept).toMatchObject({
      ...{
        type: CooperativeVerifiedV1.event,
        cooperativeId: fact.cooperativeId,
        partitionKey: fact.cooperativeId,
        sequence: 1,
      },
      ...{ effectiveOn: '2020-10-05', knownAt: new Date('2020-10-08T03:00:00.000Z') },
      ...{ recordedAt: expect.any(Date), payload: JSON.parse(JSON.stringify(fact)) },
    });
  });

  it('keeps what nothing is counted from, without a fold', async () => {
    const about = { messageId: newId(), channel: 'email' as const, template: 'welcome', causeId: newId() };
    const [id] = await publishFacts(reporting.service, [event(MessageSentV1, { ...about, ...at('2020-10-08') })]);
    await eventually(async () => {
      expect(await facts().findOne({ _id: id as never })).toMatchObject({ payload: about });
    });
    expect(await facts().findOne({ _id: id as never })).not.toHaveProperty('pending');
  });

  it('changes nothing when the event is redelivered', async () => {
    const key = await reporting.setTarget();
    const imported = importedReady(5, '2020-10-08');
    const ids = await reporting.learn(imported);
    const before = (await reporting.progress(key, { asOf: '2020-10-08' })).actual;
    await publishFacts(reporting.service, imported, ids);
    await reporting.learn(importedReady(1, '2020-10-08'));
    expect((await reporting.progress(key, { asOf: '2020-10-08' })).actual).toBe(before + 1);
    expect(await facts().countDocuments({ _id: { $in: ids as never[] } })).toBe(5);
  });

  it('leaves the message for later when it fails', async () => {
    const [fact] = importedReady(1, '2020-10-08');
    const id = newId();
    await facts().insertOne({ _id: id as never, note: 'in the way' });
    await publishFacts(reporting.service, [fact as object], [id]);
    const waiting = { consumer: 'reporting.record-fact', eventId: id };
    await eventually(async () => expect(await reporting.collection('retries').countDocuments(waiting)).toBe(1));
    await facts().deleteOne({ _id: id as never, note: 'in the way' });
    await eventually(async () => {
      const kept = await facts().findOne({ _id: id as never });
      expect(kept).toMatchObject({ type: expect.any(String) });
      expect(kept).not.toHaveProperty('pending');
    });
    expect(await reporting.collection('retries').countDocuments(waiting)).toBe(0);
  });

  it('comes to the same count whatever order the facts of a cooperative arrive in', async () => {
    const key = await reporting.setTarget();
    const actual = async () => (await reporting.progress(key, { asOf: '2020-10-20' })).actual;
    const before = await actual();
    const survivor = cooperative();
    const duplicate = cooperative({ cooperativeId: newId(), regionCode: '32.73' });
    const story = [
      event(CooperativeVerifiedV1, { ...survivor, ...at('2020-10-11') }),
      event(CooperativeVerifiedV1, { ...duplicate, ...at('2020-10-12') }),
      event(CooperativeFoundDuplicateV1, { ...duplicate, survivorId: survivor.cooperativeId, ...at('2020-10-14') }),
      event(ContactVerifiedV1, {
        ...survivor,
        contactId: newId(),
        flowId: newId(),
        channel: 'email',
        language: 'id',
        first: true,
        ...at('2020-10-10'),
      }),
    ];
    for (const fact of story.reverse()) await reporting.learn([fact]);
    expect(await actual()).toBe(before + 1);
    expect((await reporting.progress(key, { asOf: '2020-10-13' })).actual).toBe(before + 2);
  });

  it('finds what was recorded but not folded when the wake-up was lost', async () => {
    const key = await reporting.setTarget();
    const before = (await reporting.progress(key, { asOf: '2020-10-08' })).actual;
    const cooperativeId = newId();
    await facts().insertOne({
      _id: newId() as never,
      ...{ type: CooperativeVerifiedV1.event, cooperativeId, partitionKey: cooperativeId, sequence: 1, pending: true },
      ...{ effectiveOn: '2020-10-08', knownAt: new Date('2020-10-08T03:00:00Z'), recordedAt: new Date() },
      payload: { ...cooperative({ cooperativeId }) },
    });
    await eventually(async () =>
      expect((await reporting.progress(key, { asOf: '2020-10-08' })).actual).toBe(before + 1),
    );
  });
});
