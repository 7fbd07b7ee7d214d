import { MessagingCollections } from '@idxcoop/messaging';
import { Editor } from '../../../../test/support/library';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { PublishLibraryItemHandler } from './publish-library-item.handler';

describe(PublishLibraryItemHandler.name, () => {
  let service: StartedService;
  let editor: Editor;
  const at = (id: string) => service.http.get(`/v1/library/items/${id}`);

  beforeAll(async () => {
    service = await startService(ContentIndexingModule, { roles: ['api'] });
    editor = await Editor.of(service);
  });
  afterAll(() => service?.close());

  it('shows the item to everybody, with its Markdown as it was given', async () => {
    const { id } = await editor.write({ title: 'Membagi SHU', body: '## Langkah\n\n**Tutup** buku.' });
    const changed = await editor.publish(id);
    expect(changed).toEqual({ id, revision: 1, state: 'published', seq: expect.any(Number) });
    const { body, headers } = await at(id).expect(200);
    expect(body).toMatchObject({
      id,
      revision: 1,
      state: 'published',
      title: 'Membagi SHU',
      body: '## Langkah\n\n**Tutup** buku.',
    });
    expect(body.publishedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    await at(id)
      .set('If-None-Match', headers.etag as string)
      .expect(304);
  });

  it('serves the published revision until the next one is published', async () => {
    const { id } = await editor.bring({ title: 'Judul pertama' });
    await editor.revise(id, { title: 'Judul kedua' });
    expect((await at(id).expect(200)).body).toMatchObject({ revision: 1, title: 'Judul pertama' });
    await at(`${id}?revision=2`).expect(404);
    expect(await editor.publish(id)).toMatchObject({ revision: 2, state: 'published' });
    expect((await at(id).expect(200)).body).toMatchObject({ revision: 2, title: 'Judul kedua' });
    await at(`${id}?revision=1`).expect(404);
  });

  it('states the fact once, in the transaction of the change', async () => {
    const { id, seq } = await editor.bring({ kind: 'form', language: 'en' });
    expect(await editor.publish(id)).toMatchObject({ seq });
    const rows = await service.get(MessagingCollections).outbox.find({ partitionKey: id }).toArray();
    expect(rows.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['content-indexing.library-item.published.v1', 1],
    ]);
    expect(JSON.parse(rows[0]?.body ?? '').data).toMatchObject({
      itemId: id,
      revision: 1,
      kind: 'form',
      language: 'en',
    });
  });

  it('publishes once for many who ask at the same time', async () => {
    const { id } = await editor.write();
    const all = await Promise.all(Array.from({ length: 6 }, () => editor.publish(id)));
    expect(new Set(all.map(({ seq }) => seq)).size).toBe(1);
    expect(await service.get(MessagingCollections).outbox.countDocuments({ partitionKey: id })).toBe(1);
  });

  it('knows no item of another id, and is for editors', async () => {
    const { id } = await editor.write();
    await service.http.post(`/v1/library/items/${id}/publish`).expect(401);
    const officer = await service.token({ roles: ['officer', 'ministry'] });
    const post = (path: string) => service.http.post(path).set('Authorization', `Bearer ${officer}`);
    await post(`/v1/library/items/${id}/publish`).expect(403);
    await at('0199aaaa-0000-7000-8000-000000000000').expect(404);
  });
});
