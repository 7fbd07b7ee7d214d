import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { WriteLibraryItemController } from './write-library-item.controller';

const article = {
  kind: 'article',
  title: 'Cara membagi SHU',
  summary: 'Ringkasan',
  body: '# Judul\n\nIsi **tebal**.',
  language: 'id',
  tags: ['SHU', 'shu ', 'Keuangan'],
};

describe(WriteLibraryItemController.name, () => {
  let service: StartedService;
  let editor: string;
  const path = '/v1/library/items';
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });

  beforeAll(async () => {
    service = await startService(ContentIndexingModule, { roles: ['api'] });
    editor = await service.token({ roles: ['editor'], subject: 'icci' });
  });
  afterAll(() => service?.close());

  const write = (body: object = article) => service.http.post(path).set(as(editor)).send(body);

  it('keeps a new item as a draft that the public does not see', async () => {
    const created = await write().expect(201);
    expect(created.body).toEqual({ id: expect.any(String), revision: 1, state: 'draft' });
    expect(created.headers.location).toBe(`${path}/${created.body.id}`);
    await service.http.get(created.headers.location as string).expect(404);
    const seen = await service.http
      .get(created.headers.location as string)
      .set(as(editor))
      .expect(200);
    expect(seen.body).toMatchObject({ ...article, tags: ['shu', 'keuangan'], state: 'draft', publishedAt: null });
    expect(seen.headers.etag).toBe(created.headers.etag);
  });

  it('keeps every text: a revision is never changed by the next', async () => {
    const { body } = await write().expect(201);
    const revised = await service.http
      .put(`${path}/${body.id}`)
      .set(as(editor))
      .send({ ...article, title: 'Judul kedua' })
      .expect(200);
    expect(revised.body).toEqual({ id: body.id, revision: 2, state: 'draft', seq: expect.any(Number) });
    const title = async (revision: number) =>
      (await service.http.get(`${path}/${body.id}?revision=${revision}`).set(as(editor)).expect(200)).body.title;
    expect([await title(1), await title(2)]).toEqual([article.title, 'Judul kedua']);
  });

  it('refuses a change of something that somebody else has changed', async () => {
    const created = await write().expect(201);
    const put = (ifMatch: string) =>
      service.http.put(`${path}/${created.body.id}`).set(as(editor)).set('If-Match', ifMatch).send(article);
    await put(created.headers.etag as string).expect(200);
    const refused = await put(created.headers.etag as string).expect(412);
    expect(refused.body.code).toBe('precondition_failed');
  });

  it('counts every change of the library once and without gaps', async () => {
    const before = Number((await write().expect(201)).headers.etag?.replaceAll('"', ''));
    const many = await Promise.all(Array.from({ length: 8 }, () => write().expect(201)));
    const seqs = many.map(({ headers }) => Number(headers.etag?.replaceAll('"', ''))).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 8 }, (_, index) => before + index + 1));
  });

  it('answers the same key with the same item', async () => {
    const once = () => write().set('Idempotency-Key', 'artikel-1');
    const [first, second] = [await once().expect(201), await once().expect(201)];
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(second.headers.location).toBe(first.headers.location);
    const other = await write({ ...article, title: 'Lain' })
      .set('Idempotency-Key', 'artikel-1')
      .expect(422);
    expect(other.body.code).toBe('idempotency_key_reused');
  });

  it.each([
    [{ ...article, kind: 'poem' }, '/kind', 'not_allowed'],
    [{ ...article, title: '' }, '/title', 'too_short'],
    [{ ...article, body: ' \n ' }, '/body', 'bad_format'],
    [{ ...article, language: 'jv' }, '/language', 'not_allowed'],
    [{ ...article, tags: 'shu' }, '/tags', 'not_array'],
    [{ ...article, tags: [1] }, '/tags', 'not_string'],
    [{ kind: 'article', title: 'Judul', language: 'id' }, '/body', 'required'],
    [{ ...article, author: 'x' }, '/author', 'unknown_field'],
  ])('refuses %j', async (body, pointer, code) => {
    const { body: problem } = await write(body).expect(422);
    expect(problem.errors).toEqual([expect.objectContaining({ pointer, code })]);
  });

  it('takes what is optional as optional', async () => {
    const { summary: _, tags: __, ...least } = article;
    const { body } = await write(least).expect(201);
    const seen = await service.http.get(`${path}/${body.id}`).set(as(editor)).expect(200);
    expect(seen.body).toMatchObject({ summary: '', tags: [] });
  });

  it('is for editors', async () => {
    await service.http.post(path).send(article).expect(401);
    await service.http.get(path).expect(401);
    const officer = await service.token({ roles: ['officer'] });
    await service.http.post(path).set(as(officer)).send(article).expect(403);
    await service.http.put(`${path}/nope`).set(as(editor)).send(article).expect(404);
  });

  it('lists the last changed first, page by page', async () => {
    const { body: all } = await service.http.get(`${path}?limit=200`).set(as(editor)).expect(200);
    const seqs = all.items.map(({ seq }: { seq: number }) => seq);
    expect(seqs).toEqual([...seqs].sort((a: number, b: number) => b - a));
    const paged: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { items: { seq: number }[]; nextCursor: string | null } } = await service.http
        .get(path)
        .query({ limit: 3, ...(cursor && { cursor }) })
        .set(as(editor));
      paged.push(...body.items.map(({ seq }) => seq));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(seqs);
    const drafts = await service.http.get(`${path}?state=published`).set(as(editor)).expect(200);
    expect(drafts.body.items).toEqual([]);
  });
});
