import { event, LibraryItemRecommendedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { type FakeLibrary, startFakeLibrary } from '../../../../test/support/fake-library';
import { startNotifications } from '../../../../test/support/notifications';
import { SuggestLibraryItemsConsumer } from './suggest-library-items.consumer';

const CONSUMER = 'suggest-library-items';
const MONDAY = '2021-06-28T02:00:00Z';

describe(SuggestLibraryItemsConsumer.name, () => {
  let library: FakeLibrary;
  let notifications: Awaited<ReturnType<typeof startNotifications>>;

  beforeAll(async () => {
    library = await startFakeLibrary();
    notifications = await startNotifications({
      config: { retryTiers: [100, 3_000, 3_000, 3_000], contentUrl: library.url },
    });
  });
  afterAll(async () => {
    await notifications.close();
    await library.close();
  });
  beforeEach(() => notifications.service.clock.set('2021-06-24T03:00:00Z'));
  afterEach(() => notifications.service.clock.reset());

  function cooperative() {
    const cooperativeId = newId();
    const { contactId, address } = notifications.contact('email');
    const contact = { contactId, personId: newId(), channel: 'email', language: 'id', consented: true };
    notifications.onboarding.verifiedContacts.set(cooperativeId, [contact]);
    return { cooperativeId, address };
  }
  function recommended(cooperativeId: string, itemId: string): object {
    const dated = { effectiveOn: '2021-06-24', knownAt: '2021-06-24T03:00:00.000Z' };
    const about = { cooperativeId, regionCode: '12.71', itemId, revision: 1, dimension: 'records' as const };
    return event(LibraryItemRecommendedV1, { ...about, ...dated });
  }
  const recommend = async (cooperativeId: string, itemId: string, id = newId()) => {
    await notifications.publish(recommended(cooperativeId, itemId), id);
    await notifications.seen(CONSUMER, id);
    return id;
  };
  function published(...titles: string[]): string[] {
    return titles.map((title) => {
      const itemId = newId();
      library.titles.set(itemId, title);
      return itemId;
    });
  }
  const messagesOf = (cooperativeId: string) => notifications.messages.find({ cooperativeId }).toArray();
  const onMonday = async (cooperativeId: string, count = 1, monday = MONDAY) => {
    notifications.service.clock.set(monday);
    await eventually(async () => expect(await messagesOf(cooperativeId)).toHaveLength(count));
    return (await messagesOf(cooperativeId)).at(-1);
  };
  const ends = (cooperativeId: string, state: string) =>
    eventually(async () => expect(await messagesOf(cooperativeId)).toMatchObject([{ state }]), 15_000);
  const courseOf = (subject: string) => notifications.collection('courses').findOne({ subject } as object);

  it('names all items of a week in one message on Monday morning, without those withdrawn since', async () => {
    const { cooperativeId, address } = cooperative();
    const items = published('Pembukuan sederhana', 'Buku kas harian', 'Laporan lama');
    for (const itemId of [...items, ...items]) await recommend(cooperativeId, itemId);
    library.titles.delete(items[2] as string);
    expect(await messagesOf(cooperativeId)).toEqual([]);
    expect((await onMonday(cooperativeId))?.details).toEqual({ itemIds: items });
    await ends(cooperativeId, 'sent');
    const [mail] = notifications.providers.messages({ to: address });
    expect(mail?.text).toContain('Pembukuan sederhana');
    expect(mail?.text).toContain('Buku kas harian');
    expect(mail?.text).toContain(`https://idxcoop.example/v1/library/items/${items[0]}`);
    expect(mail?.text).not.toContain('Laporan lama');
  });

  it('sends nothing where all were withdrawn', async () => {
    const { cooperativeId } = cooperative();
    await recommend(cooperativeId, newId());
    await onMonday(cooperativeId);
    await ends(cooperativeId, 'suppressed');
    expect(await messagesOf(cooperativeId)).toMatchObject([{ code: 'nothing_left' }]);
  });

  it('leaves what is too much for one message to the next week, and names nothing twice', async () => {
    const { cooperativeId } = cooperative();
    const items = published('Satu', 'Dua', 'Tiga', 'Empat', 'Lima', 'Enam');
    for (const itemId of items) await recommend(cooperativeId, itemId);
    expect((await onMonday(cooperativeId))?.details).toEqual({ itemIds: items.slice(0, 5) });
    await recommend(cooperativeId, items[0] as string);
    expect((await onMonday(cooperativeId, 2, '2021-07-05T02:00:00Z'))?.details).toEqual({ itemIds: items.slice(5) });
    expect(await courseOf(cooperativeId)).toMatchObject({ state: 'done', gathered: [], told: items });
  });

  it('changes nothing when the event is redelivered', async () => {
    const { cooperativeId } = cooperative();
    const [itemId = ''] = published('Satu');
    const cause = await recommend(cooperativeId, itemId);
    const before = await courseOf(cooperativeId);
    await notifications.forgetInbox();
    await recommend(cooperativeId, itemId, cause);
    expect(await courseOf(cooperativeId)).toEqual(before);
    expect(before).toMatchObject({ nextAt: new Date(MONDAY), gathered: [{ itemId, event: cause }] });
  });

  it('leaves the event for later when it cannot be taken in', async () => {
    const { cooperativeId } = cooperative();
    const restore = await notifications.refuseWritesTo('courses');
    const cause = await notifications.publish(recommended(cooperativeId, newId()));
    await notifications.leftForLater(CONSUMER, cause);
    expect(await courseOf(cooperativeId)).toBeNull();
    await restore();
    await notifications.seen(CONSUMER, cause);
    expect(await courseOf(cooperativeId)).toMatchObject({ state: 'running' });
  });
});
