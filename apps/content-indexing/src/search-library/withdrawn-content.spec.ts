import { event, LibraryItemPublishedV1 } from '@idxcoop/contracts';
import { eventually } from '../../../../test/support/eventually';
import { Editor } from '../../../../test/support/library';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { IndexItemConsumer } from '../index-item/index-item.consumer';
import { PublishedItems } from '../library-item/published-items';

const STEPS = 60;

/** A repeatable source of chance (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

describe(PublishedItems.name, () => {
  let service: StartedService;
  let editor: Editor;

  beforeAll(async () => {
    // Without role `events` nothing is delivered but what the test delivers: late, twice and in any order.
    service = await startService(ContentIndexingModule, { roles: ['api'] });
    editor = await Editor.of(service);
  });
  afterAll(() => service?.close());

  const deliver = (itemIds: string[]) =>
    service.mongo.transaction((session) => {
      const at = new Date().toISOString();
      const fact = { revision: 1, kind: 'article', language: 'id', effectiveOn: at, knownAt: at } as const;
      const context = {} as never;
      const events = itemIds.map((itemId) => ({ event: event(LibraryItemPublishedV1, { itemId, ...fact }), context }));
      return service.get(IndexItemConsumer).on(events, session);
    });

  it.each([20201008, 31122020])(
    'lets out only what is published now, whatever the index holds (seed %i)',
    async (seed) => {
      const pick = chance(seed);
      const served = new Map<string, number>();
      const revisions = new Map<string, number>();
      const pending: string[] = [];
      for (let step = 0; step < STEPS; step++) {
        const ids = [...revisions.keys()];
        const id = ids[pick(ids.length || 1)];
        const move = pick(10);
        if (!id || move === 0) {
          const item = await editor.bring({ title: `Pembukuan ${seed}`, body: `Kata uji langkah ${step}` });
          revisions.set(item.id, 1);
          served.set(item.id, 1);
          pending.push(item.id);
        } else if (move <= 3) {
          revisions.set(
            id,
            (await editor.revise(id, { title: `Pembukuan ${seed}`, body: `Kata ubah ${step}` })).revision,
          );
        } else if (move <= 6) {
          served.set(id, (await editor.publish(id)).revision);
          pending.push(id);
        } else if (served.has(id)) {
          await editor.withdraw(id);
          served.delete(id);
          pending.push(id);
        }
        // Some events come now, some twice, some never before the end.
        for (let n = pick(3); n > 0 && pending.length > 0; n--) {
          const at = pick(pending.length);
          await deliver([pending[at]!]);
          if (pick(3) > 0) pending.splice(at, 1);
        }
        const { items } = await editor.search({ q: pick(2) ? `pembukuan ${seed}` : '', limit: 200 });
        const wrong = items.filter((item) => revisions.has(item.id) && served.get(item.id) !== item.revision);
        expect(wrong).toEqual([]);
      }
      await deliver([...new Set(pending)]);
      await eventually(async () => {
        const { items } = await editor.search({ q: `${seed}`, limit: 200 });
        expect(new Map(items.map((item) => [item.id, item.revision]))).toEqual(served);
      });
    },
    120_000,
  );

  it('lets nothing out that was withdrawn before the question was asked, also while many withdraw', async () => {
    const items = await Promise.all(Array.from({ length: 20 }, () => editor.bring({ title: 'Serentak ditarik' })));
    await deliver(items.map(({ id }) => id));
    const last = Math.max(...items.map(({ seq }) => seq));
    expect((await editor.search({ q: 'serentak', minSeq: last })).total).toBe(20);
    const gone = new Set<string>();
    const leaks: string[] = [];
    const ask = async (): Promise<void> => {
      const before = new Set(gone);
      const { items: found } = await editor.search({ q: 'serentak' });
      leaks.push(...found.filter(({ id }) => before.has(id)).map(({ id }) => id));
    };
    for (const { id } of items) {
      await Promise.all([editor.withdraw(id).then(() => gone.add(id)), ask(), ask()]);
      await ask();
    }
    expect(leaks).toEqual([]);
    expect((await editor.search({ q: 'serentak' })).items).toEqual([]);
  });

  it('counts no item that it held back', async () => {
    const { id } = await editor.bring({ title: 'Hitungan tunggal' });
    await deliver([id]);
    await eventually(async () => expect((await editor.search({ q: 'hitungan tunggal' })).total).toBe(1));
    await editor.withdraw(id);
    expect(await editor.search({ q: 'hitungan tunggal' })).toMatchObject({ total: 0, items: [], nextCursor: null });
  });
});
