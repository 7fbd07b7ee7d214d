import { TermReader } from '../analysis/terms';
import { snippet } from './snippet';

const reader = new TermReader();
const filler = Array.from({ length: 60 }, (_, index) => `kata${index}`).join(' ');
const cut = (text: string, ...tokens: string[]) => snippet(text, reader.read(text), new Set(tokens), reader);

describe(snippet.name, () => {
  it('marks what was met in another form', () => {
    expect(cut('Cara memasarkan hasil', 'pasar')).toBe('Cara <mark>memasarkan</mark> hasil');
  });

  it('marks abbreviations and their full forms as one', () => {
    expect(cut('Bagian SHU tahun ini', '#shu')).toBe('Bagian <mark>SHU</mark> tahun ini');
    expect(cut('Bagian sisa hasil usaha ini', '#shu', 'hasil')).toBe('Bagian <mark>sisa hasil usaha</mark> ini');
  });

  it('shows the part that meets most of the query', () => {
    const text = `pasar ${filler} pengurus membagi SHU ${filler}`;
    const shown = cut(text, 'pasar', 'bagi', '#shu');
    expect(shown).toContain('pengurus <mark>membagi</mark> <mark>SHU</mark>');
    expect(shown.startsWith('… ') && shown.endsWith(' …')).toBe(true);
  });

  it('shows the beginning where nothing was met, and all of a short text', () => {
    expect(cut(`awal ${filler}`)).toMatch(/^awal kata0 .* …$/);
    expect(cut('pendek saja')).toBe('pendek saja');
    expect(cut('')).toBe('');
  });

  it('shows the end without saying that there is more', () => {
    expect(cut(`${filler} dan akhirnya pasar.`, 'pasar')).toMatch(/^… .*<mark>pasar<\/mark>\.$/);
  });

  it('escapes everything that came from the text', () => {
    expect(cut('<script>pasar</script> & "x"', 'pasar')).toBe(
      '&lt;script&gt;<mark>pasar</mark>&lt;/script&gt; &amp; &quot;x&quot;',
    );
  });
});
