import { MessagingCollections } from '@idxcoop/messaging';
import { event, LibraryItemPublishedV1 } from '@idxcoop/contracts';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { eventually } from '../../../../test/support/eventually';
import { Editor } from '../../../../test/support/library';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { SearchDoc } from '../search-index/search-doc.schema';
import { IndexItemConsumer } from './index-item.consumer';

describe(IndexItemConsumer.name, () => {
  let service: StartedService;
  let editor: Editor;
  let docs: Model<SearchDoc>;

  beforeAll(async () => {
    service = await startService(ContentIndexingModule, { config: { retryTiers: [300, 300, 300, 300] } });
    editor = await Editor.of(service);
    docs = service.app.get<Model<SearchDoc>>(getModelToken(SearchDoc.name), { strict: false });
  });
  afterAll(() => service?.close());

  const indexed = (id: string, seq: number) =>
    eventually(async () => {
      const doc = await docs.findById(id).lean<SearchDoc>();
      expect(doc?.seq).toBe(seq);
      return doc as SearchDoc;
    });
  const deliver = (itemId: string) =>
    service.mongo.transaction((session) => {
      const now = new Date().toISOString();
      const fact = { itemId, revision: 1, kind: 'article', language: 'id', effectiveOn: now, knownAt: now } as const;
      const context = { id: 'x' } as never;
      return service.get(IndexItemConsumer).on([{ event: event(LibraryItemPublishedV1, fact), context }], session);
    });

  it('keeps tokens and facets of what was published, and no text', async () => {
    const { id, seq } = await editor.bring({
      kind: 'practice',
      title: 'Pembagian SHU',
      tags: ['rat'],
      body: 'Rahasia dapur.',
    });
    const doc = await indexed(id, seq);
    expect(doc).toMatchObject({ state: 'live', revision: 1, kind: 'practice', language: 'id', tags: ['rat'] });
    expect(doc.tokens).toEqual(
      expect.arrayContaining([
        { t: 'bagi', f: 3 },
        { t: '#shu', f: 3 },
        { t: 'dapur', f: 1 },
      ]),
    );
    expect(JSON.stringify(doc)).not.toContain('Rahasia dapur');
  });

  it('keeps a tombstone of what was withdrawn', async () => {
    const { id } = await editor.bring();
    const { seq } = await editor.withdraw(id);
    const doc = await indexed(id, seq);
    expect(doc).toMatchObject({ state: 'gone' });
    expect(doc.tokens).toBeUndefined();
  });

  it('changes nothing when an event is redelivered, or an old one comes late', async () => {
    const { id } = await editor.bring();
    const { seq } = await editor.withdraw(id);
    const before = await indexed(id, seq);
    await deliver(id);
    expect(await docs.findById(id).lean()).toEqual(before);
  });

  it('leaves the message for later when it fails', async () => {
    const { db } = service.mongo.connection;
    await db?.command({ collMod: 'search_docs', validator: { $jsonSchema: { required: ['nothing has this'] } } });
    const { id, seq } = await editor.bring();
    const { retries } = service.get(MessagingCollections);
    await eventually(async () => {
      const rows = await retries.find({ consumer: 'content-indexing.index-item' }).toArray();
      expect(rows.some((row) => JSON.stringify(row).includes(id))).toBe(true);
    });
    expect(await docs.findById(id)).toBeNull();
    await db?.command({ collMod: 'search_docs', validator: {} });
    await indexed(id, seq);
  });
});
