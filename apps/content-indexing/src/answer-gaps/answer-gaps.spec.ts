import { event, ReadinessAssessedV1 } from '@idxcoop/contracts';
import { MessagingCollections, makeEnvelope, Publisher } from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { Editor } from '../../../../test/support/library';
import { factsOf } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { AnswerGapsConsumer } from './answer-gaps.consumer';

describe(AnswerGapsConsumer.name, () => {
  let service: StartedService;
  let editor: Editor;
  const titles = new Map<string, string>();
  const bring = async (title: string, tags: string[]) => {
    const changed = await editor.bring({ title, kind: 'practice', tags });
    titles.set(changed.id, title);
    return changed;
  };

  beforeAll(async () => {
    service = await startService(ContentIndexingModule, { config: { retryTiers: [300, 300, 300, 300] } });
    editor = await Editor.of(service);
    await bring('Buku kas', ['pembukuan']);
    await bring('RAT koperasi simpan pinjam', ['rat', 'savings_loan']);
    await bring('RAT koperasi tani', ['rat', 'producer']);
    await bring('Tata kelola', ['tata kelola']);
    const gone = await bring('Ditarik', ['rat', 'savings_loan']);
    const { seq } = await editor.withdraw(gone.id);
    await editor.search({ minSeq: seq });
  });
  afterAll(() => service?.close());

  const assessed = (cooperativeId: string, moment = 0) =>
    event(ReadinessAssessedV1, {
      ...{ cooperativeId, type: 'savings_loan', form: 'primary', regionCode: '12.71' },
      ...{ effectiveOn: '2020-10-08T03:00:00.000Z', knownAt: '2020-10-08T03:00:00.000Z' },
      ...{ assessmentId: newId(), moment, rubric: '2020-10' },
      dimensions: ['governance', 'records', 'people', 'connectivity', 'member_services', 'market_finance'],
      scores: [20, 40, 60, 60, 80, 90],
      bands: ['basic', 'developing', 'capable', 'capable', 'advanced', 'advanced'],
    });

  const tell = async (fact: ReadinessAssessedV1, sequence: number, id = newId()) => {
    const { cooperativeId } = fact;
    const about = { id, time: new Date(), partitionKey: cooperativeId, sequence };
    const envelope = makeEnvelope({ ...about, contract: ReadinessAssessedV1, data: fact, service: 'onboarding' });
    const body = Buffer.from(JSON.stringify(envelope));
    await eventually(() => service.get(Publisher).publish({ id, type: ReadinessAssessedV1.event, body }));
    return id;
  };
  const recommended = async (cooperativeId: string) =>
    (await factsOf(service))
      .filter(({ type, data }) => type.endsWith('recommended.v1') && data.cooperativeId === cooperativeId)
      .map(({ data }) => [titles.get(data.itemId as string), data.dimension]);
  const EXPECTED = [
    ['RAT koperasi simpan pinjam', 'governance'],
    ['Tata kelola', 'governance'],
    ['Buku kas', 'records'],
  ];

  it('recommends three items for the greatest gaps, by type, and none that was withdrawn', async () => {
    const id = newId();
    await tell(assessed(id), 4);
    await eventually(async () => expect(await recommended(id)).toEqual(EXPECTED));
    const { body } = await service.http.get('/v1/recommendations').query({ cooperativeId: id }).expect(200);
    expect(body.items.map(({ title, reason }: { title: string; reason: object }) => [title, reason])).toEqual([
      [
        'RAT koperasi simpan pinjam',
        { code: 'gap', dimension: 'governance', text: expect.stringContaining('Tata kelola') },
      ],
      ['Tata kelola', { code: 'gap', dimension: 'governance', text: expect.any(String) }],
      ['Buku kas', { code: 'gap', dimension: 'records', text: expect.any(String) }],
    ]);
  });

  it('changes nothing when the event is redelivered or older than what is known', async () => {
    const id = newId();
    const context = (sequence: number, session: unknown) => ({ sequence, session }) as never;
    for (const sequence of [4, 4, 3])
      await service.mongo.transaction((session) =>
        service.get(AnswerGapsConsumer).on(assessed(id), context(sequence, session)),
      );
    expect(await recommended(id)).toEqual(EXPECTED);
  });

  it('leaves the message for later when it fails', async () => {
    const { db } = service.mongo.connection;
    await db?.command({ collMod: 'cooperative_gaps', validator: { $jsonSchema: { required: ['nothing has this'] } } });
    const id = newId();
    const eventId = await tell(assessed(id), 1);
    const { retries } = service.get(MessagingCollections);
    await eventually(async () => expect(await retries.countDocuments({ eventId })).toBe(1));
    await db?.command({ collMod: 'cooperative_gaps', validator: {} });
    await eventually(async () => expect(await recommended(id)).toEqual(EXPECTED));
  });
});
