import { Editor, firstLibrary, type SearchAnswer } from '../../../../test/support/library';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { SearchLibraryHandler } from './search-library.handler';

/** On the first library of an installation, as people would find it. */
describe(SearchLibraryHandler.name, () => {
  let service: StartedService;
  let editor: Editor;
  let last = 0;
  const files = new Map<string, string>();

  beforeAll(async () => {
    service = await startService(ContentIndexingModule);
    editor = await Editor.of(service);
    for (const [file, text] of firstLibrary()) {
      const { id, seq } = await editor.bring(text);
      files.set(id, file);
      last = Math.max(last, seq);
    }
    await search({ q: '', minSeq: last });
  }, 120_000);
  afterAll(() => service?.close());

  const search = (query: Record<string, string | number>): Promise<SearchAnswer> => editor.search(query);
  const found = async (q: string) => (await search({ q })).items.map(({ id }) => files.get(id));

  it('answers in the shape of the interface', async () => {
    const answer = await search({
      q: 'pembagian shu',
      kind: 'article',
      tag: '',
      language: '',
      limit: 20,
      cursor: '',
      minSeq: last,
    });
    expect(answer.query).toEqual({ q: 'pembagian shu', tokens: ['bagi', 'shu'], didYouMean: null });
    expect(Object.keys(answer).sort()).toEqual(['facets', 'items', 'nextCursor', 'query', 'seq', 'total']);
    const [first] = answer.items;
    expect(files.get(first?.id ?? '')).toBe('pembagian-shu');
    expect(first).toEqual({
      id: expect.any(String),
      revision: 1,
      kind: 'article',
      title: 'Cara membagi SHU dengan adil',
      snippet: expect.stringContaining('<mark>'),
      score: expect.any(Number),
      publishedAt: expect.stringMatching(/Z$/),
    });
    expect(answer.total).toBeGreaterThanOrEqual(answer.items.length);
    expect(answer.seq).toBeGreaterThanOrEqual(last);
    expect(answer.items.every(({ kind }) => kind === 'article')).toBe(true);
    expect(answer.facets.kind.map(({ value }) => value)).toContain('practice');
  });

  it.each([
    ['pembagian shu', 'pembagian-shu'],
    ['membagi keuntungan ke anggota', 'pembagian-shu'],
    ['cara hitung shu per anggota', 'contoh-hitung-shu'],
    ['RAT', 'menyiapkan-rat'],
    ['rat', 'menyiapkan-rat'],
    ['rapat anggota tahunan', 'menyiapkan-rat'],
    ['rat online', 'rat-daring'],
    ['kuorum', 'rat-tidak-kuorum'],
    ['syarat NIK', 'nomor-induk-koperasi'],
    ['sertifikat nomor induk koperasi', 'nomor-induk-koperasi'],
    ['NIB', 'nib-oss'],
    ['nomor induk berusaha', 'nib-oss'],
    ['pembukuan', 'pembukuan-sederhana'],
    ['pemasaran', 'pemasaran-daring'],
    ['jualan online', 'pemasaran-daring'],
    ['perbankan', 'rekening-bank-koperasi'],
    ['pengurus', 'pengurus-dan-pengawas'],
    ['pengawas', 'program-kerja-pengawas'],
    ['pinjaman macet', 'menangani-pinjaman-macet'],
    ['kredit usaha rakyat', 'kredit-usaha-rakyat'],
    ['kur', 'kredit-usaha-rakyat'],
    ['lpdb', 'dana-bergulir-lpdb'],
    ['dana bergulir', 'dana-bergulir-lpdb'],
    ['digitalisasi', 'mulai-digitalisasi'],
    ['aplikasi kasir', 'aplikasi-kasir-toko'],
    ['data pribadi', 'menjaga-data-pribadi'],
    ['data bocor', 'data-bocor'],
    ['penipuan koperasi bodong', 'penipuan-berkedok-koperasi'],
    ['verifikasi nomor wa', 'verifikasi-kontak'],
    ['syarat mendirikan koperasi', 'syarat-badan-hukum'],
    ['koperasi syariah', 'koperasi-syariah'],
    ['pajak', 'pajak-koperasi'],
    ['anggaran dasar', 'menyusun-ad-art'],
    ['ad/art', 'menyusun-ad-art'],
    ['susu', 'kpbs-pangalengan'],
    ['anak muda', 'regenerasi-anggota-muda'],
    ['sharing the surplus', 'sharing-the-surplus'],
    ['gmn cara ngurus nib', 'nib-oss'],
    ['gmn bagi shu', 'pembagian-shu'],
    ['kopersi syariah', 'koperasi-syariah'],
    ['lapor keuangan', 'laporan-keuangan'],
    ['tanggung renteng', 'tanggung-renteng'],
    ['pupuk petani', 'pembelian-bersama-pupuk'],
  ])('finds for "%s" the item %s among the first two', async (q, file) => {
    expect((await found(q)).slice(0, 2)).toContain(file);
  });

  it('finds the same by SHU and shu, and by the full form what says it shortly', async () => {
    expect(await found('SHU')).toEqual(await found('shu'));
    expect(await found('sisa hasil usaha')).toEqual(expect.arrayContaining(['pembagian-shu', 'contoh-hitung-shu']));
  });

  it('completes the last word and says what it took a mistyped one for', async () => {
    expect(await found('pemasa')).toContain('pemasaran-daring');
    const answer = await search({ q: 'pemasran daring' });
    expect(answer.query.didYouMean).toBe('pemasaran daring');
    expect(files.get(answer.items[0]?.id ?? '')).toBe('pemasaran-daring');
  });

  it('lists the newest for an empty query, filtered like any other', async () => {
    const all = await search({ q: '', limit: 200 });
    expect(all.total).toBe(files.size);
    const times = all.items.map(({ publishedAt }) => publishedAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(all.query).toEqual({ q: '', tokens: [], didYouMean: null });
    expect(all.items[0]?.snippet).not.toBe('');
    expect((await search({ language: 'en' })).total).toBe(2);
    expect((await search({ tag: 'savings_loan', kind: 'training' })).total).toBe(1);
    expect(all.facets.kind.reduce((sum, { count }) => sum + count, 0)).toBe(files.size);
  });

  it('gives pages that join without gap and overlap', async () => {
    const whole = await search({ q: 'koperasi anggota', limit: 200 });
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const part: SearchAnswer = await search({ q: 'koperasi anggota', limit: 7, cursor });
      ids.push(...part.items.map(({ id }) => id));
      cursor = part.nextCursor;
    }
    expect(ids).toEqual(whole.items.map(({ id }) => id));
  });

  it('finds nothing for what is not there', async () => {
    expect(await search({ q: 'xyzzy qwrtp' })).toMatchObject({ total: 0, items: [], nextCursor: null });
    expect((await search({ q: '!!!' })).total).toBe(0);
  });

  it.each([
    [{ kind: 'poem' }, '/kind'],
    [{ limit: 0 }, '/limit'],
    [{ limit: 201 }, '/limit'],
    [{ minSeq: 'x' }, '/minSeq'],
    [{ language: 'jv' }, '/language'],
    [{ cursor: 'nope' }, '/cursor'],
    [{ q: 'x'.repeat(201) }, '/q'],
  ])('refuses %j', async (query, pointer) => {
    const { body } = await service.http.get('/v1/search').query(query).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('waits for a change that it is told to include, and says so when it does not come', async () => {
    const { id } = await editor.write({ title: 'Zakat perniagaan koperasi' });
    const { seq } = await editor.publish(id);
    const answer = await search({ q: 'zakat perniagaan', minSeq: seq });
    expect(answer.items[0]?.id).toBe(id);
    const behind = await service.http
      .get('/v1/search')
      .query({ minSeq: seq + 100 })
      .expect(503);
    expect(behind.body.code).toBe('index_behind');
    expect(behind.headers['retry-after']).toBe('1');
    await editor.withdraw(id);
  });

  it('counts nothing that was withdrawn a moment ago, neither in the total nor in the facets', async () => {
    const { id } = await editor.write({ title: 'Rekaman senam koperasi', kind: 'video' });
    const { seq } = await editor.publish(id);
    const before = await search({ q: '', limit: 1, minSeq: seq });
    await editor.withdraw(id);
    const after = await search({ q: '', limit: 1 });
    expect(after.total).toBe(before.total - 1);
    expect(after.facets.kind.reduce((sum, { count }) => sum + count, 0)).toBe(after.total);
  });
});
