import { Clock, Mongo } from '@idxcoop/platform';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { eventually } from '../../../../test/support/eventually';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { LibraryChanges } from '../library-item/library-changes';
import { type LibraryItem, newItem } from '../library-item/library-item.schema';
import { IndexFollower } from './index-follower';
import { SearchDoc } from './search-doc.schema';

describe(IndexFollower.name, () => {
  let service: StartedService;
  let follower: IndexFollower;
  let docs: Model<SearchDoc>;

  beforeAll(async () => {
    service = await startService(ContentIndexingModule, { roles: ['api'] });
    follower = service.get(IndexFollower);
    docs = service.app.get<Model<SearchDoc>>(getModelToken(SearchDoc.name), { strict: false });
  });
  afterAll(() => service?.close());

  /** Notes a change of the library as a writer does. */
  const change = (item: Partial<LibraryItem>, state: 'draft' | 'published' | 'withdrawn') =>
    service.get(Mongo).transaction(async (session) => {
      const noted = { revision: 1, state, by: 'icci', at: service.get(Clock).now() };
      return (await service.get(LibraryChanges).note(item as LibraryItem, noted, session)).seq;
    });
  const index = (item: Partial<LibraryItem>, seq: number) =>
    docs.replaceOne(
      { _id: item._id },
      { _id: item._id, state: 'gone', seq, analyzerVersion: 1, indexedAt: new Date() },
      { upsert: true },
    );

  it('says of a change that it is applied once everything up to it is, in whatever order it is indexed', async () => {
    const [a, b] = [newItem(), newItem()];
    const [first, second, third] = [
      await change(a, 'published'),
      await change(b, 'published'),
      await change(a, 'withdrawn'),
    ];
    await index(b, second);
    await follower.look();
    expect(follower.seq).toBe(first - 1);
    // The newest state of an item stands for all that was before it.
    await index(a, third);
    await follower.look();
    expect(follower.seq).toBe(third);
  });

  it('counts drafts as applied: nobody can find them', async () => {
    const seq = await change(newItem(), 'draft');
    await follower.look();
    expect(follower.seq).toBe(seq);
  });

  it('waits for a change no longer than it is told', async () => {
    const item = newItem();
    const seq = await change(item, 'published');
    expect(await follower.reach(seq, 50)).toBe(false);
    const waiting = follower.reach(seq, 10_000);
    await index(item, seq);
    expect(await waiting).toBe(true);
  });

  it('looks for itself, without being woken', async () => {
    const item = newItem();
    const seq = await change(item, 'published');
    await index(item, seq);
    await eventually(() => expect(follower.seq).toBe(seq));
  });

  it('makes the process ready when the index is loaded', async () => {
    expect(follower.isLoaded).toBe(true);
    await service.http.get('/health/ready').expect(200);
    const { text } = await service.http.get('/metrics').expect(200);
    expect(text).toMatch(/idxcoop_search_index_behind\{.*\} 0/);
  });
});
