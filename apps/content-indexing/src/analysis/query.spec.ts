import { Analyzer } from './analyzer';
import { type AnalysedQuery, analyseQuery } from './query';
import { Vocabulary } from './vocabulary';

const analyzer = new Analyzer();
const document = analyzer.document({
  title: 'Pembagian sisa hasil usaha dan pemasaran daring',
  summary: 'Pembukuan koperasi untuk pengurus dan pengawas, utang anggota',
  tags: ['shu', 'pasar'],
  body: 'Simpanan, pelaporan, pelaporan keuangan dan perbankan. Verifikasi.',
});
const vocabulary = new Vocabulary();
vocabulary.add(document.words);
const known = new Set(document.tokens.map(({ t }) => t));

function ask(q: string): AnalysedQuery {
  return analyseQuery(q, analyzer, { vocabulary, knows: (token) => known.has(token) });
}
function weights(query: AnalysedQuery): Map<string, number> {
  return new Map(query.concepts.flatMap(({ weight, tokens }) => [...tokens].map(([t, w]) => [t, w * weight])));
}

describe(analyseQuery.name, () => {
  it('shows stems and abbreviations', () => {
    expect(ask('pembagian shu').tokens).toEqual(['bagi', 'shu']);
    expect(ask('pembagian SHU').tokens).toEqual(['bagi', 'shu']);
    expect(ask('bagaimana cara pembukuan?').tokens).toEqual(['cara', 'buku']);
  });

  it('asks for the abbreviation where the full form is typed, and for its parts with less weight', () => {
    const asked = weights(ask('sisa hasil usaha'));
    expect(asked.get('#shu')).toBe(1);
    expect(asked.get('hasil')).toBeLessThan(0.5);
  });

  it('takes RAT as the meeting alone and rat as the meeting first, the plain word after it', () => {
    expect([...weights(ask('RAT'))]).toEqual([['#rat', 1]]);
    expect([...weights(ask('rat')).entries()].sort()).toEqual([
      ['#rat', 1],
      ['rat', 0.5],
    ]);
  });

  it('never asks for the supervisors where the board is meant', () => {
    expect([...weights(ask('pengurus')).keys()]).toEqual(['=pengurus', 'pengurus']);
    expect([...weights(ask('pengawas')).keys()].sort()).toEqual(['=pengawas', 'awas', 'pengawas']);
  });

  it('completes the last word and no other', () => {
    expect([...weights(ask('pemb')).keys()]).toEqual(expect.arrayContaining(['bagi', 'buku']));
    expect([...weights(ask('pemb daring')).keys()]).not.toContain('bagi');
    expect(ask('pemb').didYouMean).toBeNull();
  });

  it.each([
    ['kopersi', 'koperasi'],
    ['pembukaun anggota', 'pembukuan anggota'],
    ['pemasran daring', 'pemasaran daring'],
    ['verfikasi', 'verifikasi'],
    ['pelaproan keungan', 'pelaporan keuangan'],
  ])('reads %s as %s', (typed, meant) => {
    expect(ask(typed).didYouMean).toBe(meant);
  });

  it('corrects nothing that is known, short or far off', () => {
    for (const q of ['pemasaran', 'simpan', 'shu', 'utag', 'zebra', 'koperasi dan pengurus', '']) {
      expect(ask(q).didYouMean).toBeNull();
    }
  });

  it('adds what may be meant beside the word, with less weight', () => {
    const asked = weights(ask('kredit'));
    expect(asked.get('utang')).toBeLessThan(asked.get('kredit') ?? 0);
    expect(asked.get('utang')).toBeGreaterThan(0);
  });

  it('takes bagi in a query for sharing, though it says nothing in a text', () => {
    expect(ask('bagi shu').tokens).toEqual(['bagi', 'shu']);
    expect(analyzer.document({ title: '', summary: '', tags: [], body: 'bagi anggota' }).words).toEqual(['anggota']);
  });

  it('has no concepts for words that say nothing', () => {
    expect(ask('yang dan untuk').concepts).toEqual([]);
    expect(ask('?!').concepts).toEqual([]);
  });
});
