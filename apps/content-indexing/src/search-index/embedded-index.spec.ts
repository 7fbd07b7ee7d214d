import { Analyzer } from '../analysis/analyzer';
import { analyseQuery } from '../analysis/query';
import { EmbeddedIndex, type Filter } from './embedded-index';
import type { SearchDoc } from './search-doc.schema';

const analyzer = new Analyzer();
let minute = 0;

function doc(id: string, title: string, part: Partial<SearchDoc> & { body?: string } = {}): SearchDoc {
  const { body = '', ...rest } = part;
  return {
    _id: id,
    state: 'live',
    seq: 1,
    analyzerVersion: 1,
    indexedAt: new Date(),
    revision: 1,
    text: `text-${id}`,
    kind: 'article',
    language: 'id',
    tags: [],
    publishedAt: new Date(2026, 0, 1, 0, minute++),
    ...analyzer.document({ title, summary: '', tags: rest.tags ?? [], body }),
    ...rest,
  };
}
function indexOf(...docs: SearchDoc[]): EmbeddedIndex {
  const index = new EmbeddedIndex();
  for (const each of docs) index.apply(each);
  return index;
}
const ids = (index: EmbeddedIndex, q: string, filter: Filter = {}) =>
  index.search(analyseQuery(q, analyzer, index).concepts, filter).hits.map(({ id }) => id);

describe(EmbeddedIndex.name, () => {
  it('ranks the title over the body, and what meets more of the query first', () => {
    const index = indexOf(
      doc('body', 'Catatan', { body: 'pemasaran produk anggota koperasi desa' }),
      doc('title', 'Pemasaran produk'),
      doc('one', 'Produk'),
    );
    expect(ids(index, 'pemasaran produk')).toEqual(['title', 'body', 'one']);
  });

  it('prefers the form that was typed among forms of one stem', () => {
    const index = indexOf(doc('other', 'Dipasarkan segera'), doc('same', 'Pemasaran segera'));
    expect(ids(index, 'pemasaran')).toEqual(['same', 'other']);
  });

  it('does not let a rare synonym outweigh the common word that was asked for', () => {
    const common = ['a', 'b', 'c'].map((id) => doc(id, 'Pembukuan harian', { body: 'kas masuk' }));
    const index = indexOf(...common, doc('rare', 'Akuntansi harian', { body: 'kas masuk' }));
    expect(ids(index, 'pembukuan').slice(0, 3).sort()).toEqual(['a', 'b', 'c']);
    expect(ids(index, 'pembukuan')).toContain('rare');
  });

  it('keeps board and supervisors apart', () => {
    const index = indexOf(doc('board', 'Pengurus koperasi'), doc('supervisors', 'Pengawas koperasi'));
    expect(ids(index, 'pengurus')).toEqual(['board']);
    expect(ids(index, 'pengawas')).toEqual(['supervisors']);
  });

  it('replaces a document by its next revision and forgets one that is gone', () => {
    const index = indexOf(doc('a', 'Pupuk'), doc('a', 'Benih', { seq: 2, revision: 2 }));
    expect(ids(index, 'pupuk')).toEqual([]);
    expect(ids(index, 'benih')).toEqual(['a']);
    expect(index.vocabulary.has('pupuk')).toBe(false);
    index.apply({ _id: 'a', state: 'gone', seq: 3, analyzerVersion: 1, indexedAt: new Date() });
    expect([ids(index, 'benih'), index.size, index.knows('benih')]).toEqual([[], 0, false]);
    index.apply(doc('a', 'Benih', { seq: 4 }));
    expect(ids(index, 'benih')).toEqual(['a']);
  });

  it('filters, and counts kinds as if their own filter were not set', () => {
    const index = indexOf(
      doc('a', 'Pasar', { kind: 'article', tags: ['x'] }),
      doc('b', 'Pasar', { kind: 'practice', tags: ['x'] }),
      doc('c', 'Market pasar', { kind: 'article', language: 'en' }),
    );
    const { concepts } = analyseQuery('pasar', analyzer, index);
    expect(index.search(concepts, { kind: 'article', tag: 'x' })).toMatchObject({
      hits: [{ id: 'a' }],
      kinds: [
        { value: 'article', count: 1 },
        { value: 'practice', count: 1 },
      ],
    });
    expect(ids(index, 'pasar', { language: 'en' })).toEqual(['c']);
  });

  it('lists the newest first', () => {
    const index = indexOf(doc('old', 'Satu'), doc('new', 'Dua'));
    expect(index.newest({}).hits.map(({ id }) => id)).toEqual(['new', 'old']);
  });
});
