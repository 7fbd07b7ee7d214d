import { MessagingCollections } from '@idxcoop/messaging';
import { Editor } from '../../../../test/support/library';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { WithdrawLibraryItemHandler } from './withdraw-library-item.handler';

describe(WithdrawLibraryItemHandler.name, () => {
  let service: StartedService;
  let editor: Editor;
  const at = (id: string) => service.http.get(`/v1/library/items/${id}`);

  beforeAll(async () => {
    service = await startService(ContentIndexingModule, { roles: ['api'] });
    editor = await Editor.of(service);
  });
  afterAll(() => service?.close());

  it('takes a published item back at once', async () => {
    const { id, seq } = await editor.bring();
    const changed = await editor.withdraw(id, 'Sudah tidak berlaku');
    expect(changed).toEqual({ id, revision: 1, state: 'withdrawn', seq: seq + 1 });
    await at(id).expect(404);
    const seen = await at(id).set('Authorization', `Bearer ${await service.token({ roles: ['editor'] })}`);
    expect(seen.body).toMatchObject({ state: 'withdrawn', publishedAt: null });
  });

  it('withdraws the served revision, not the draft behind it, which may be published later', async () => {
    const { id } = await editor.bring({ title: 'Lama' });
    await editor.revise(id, { title: 'Baru' });
    expect(await editor.withdraw(id)).toMatchObject({ revision: 1, state: 'withdrawn' });
    expect(await editor.publish(id)).toMatchObject({ revision: 2, state: 'published' });
    expect((await at(id).expect(200)).body.title).toBe('Baru');
  });

  it('publishes the same revision again where the withdrawal was a mistake', async () => {
    const { id } = await editor.bring();
    await editor.withdraw(id);
    expect(await editor.publish(id)).toMatchObject({ revision: 1, state: 'published' });
    await at(id).expect(200);
  });

  it('changes nothing when asked twice, and states the fact once, without the words of its reason', async () => {
    const { id } = await editor.bring();
    const first = await editor.withdraw(id, 'usang');
    expect(await editor.withdraw(id, 'usang sekali')).toEqual(first);
    const rows = await service
      .get(MessagingCollections)
      .outbox.find({ partitionKey: id })
      .sort({ sequence: 1 })
      .toArray();
    expect(rows.map(({ type }) => type)).toEqual([
      'content-indexing.library-item.published.v1',
      'content-indexing.library-item.withdrawn.v1',
    ]);
    expect(JSON.parse(rows[1]?.body ?? '').data).toMatchObject({ itemId: id, revision: 1 });
    expect(rows[1]?.body).not.toContain('usang');
  });

  it('wants a reason, and something that was published', async () => {
    const { id } = await editor.write();
    const token = await service.token({ roles: ['editor'] });
    const withdraw = (body: object) =>
      service.http.post(`/v1/library/items/${id}/withdraw`).set('Authorization', `Bearer ${token}`).send(body);
    const refused = await withdraw({ reason: 'usang' }).expect(409);
    expect(refused.body.code).toBe('not_published');
    const empty = await withdraw({}).expect(422);
    expect(empty.body.errors).toEqual([expect.objectContaining({ pointer: '/reason', code: 'required' })]);
    await withdraw({ reason: '  ' }).expect(422);
  });
});
