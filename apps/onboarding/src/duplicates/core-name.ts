import { OLD_CLASSES } from './old-classes';

/** Words for a cooperative, after which its class may be written out. */
const GENUS = new Set(['koperasi', 'kop', 'primkop', 'primer', 'unit']);

/** Abbreviations that are a genus and a class in one. */
const SHORT = new Set([...OLD_CLASSES.flatMap(({ short }) => short), 'bmt', 'kopdit', 'kbmt']);

/** One word that is also a word of many names: a class only directly after the genus. */
const AMBIGUOUS = new Set(['tani', 'wanita', 'pasar', 'nelayan', 'polisi', 'jasa', 'syariah', 'kredit']);

const phrases = (texts: readonly string[]) => texts.map((text) => text.split(' ')).sort((a, b) => b.length - a.length);

const LONG = phrases([
  ...OLD_CLASSES.flatMap(({ long }) => long),
  'konsumen',
  'produsen',
  'pemasaran',
  'jasa',
  'syariah',
  'kredit',
  'baitul maal wat tamwil',
  'baitul mal wat tamwil',
]);

/** The cooperatives of the villages are named by their programme, which tells them from others of the same village. */
const PROGRAMME = ['merah', 'putih'];
const PROGRAMME_NAMES = phrases([
  'koperasi desa merah putih',
  'koperasi kelurahan merah putih',
  'kopdes merah putih',
  'kopkel merah putih',
  'kopdeskel merah putih',
  'desa merah putih',
  'kelurahan merah putih',
  'kdmp',
  'kkmp',
]);

const NUMBER_WORDS = ['satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh'];
const ROMAN = /^(x{0,3})(ix|iv|v?i{0,3})$/;
const ROMAN_VALUE: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

/** The words of a text, in small letters without accents, dots and apostrophes; numerals as digits. */
export function words(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}'’‘`´]/gu, '')
    .toLowerCase()
    .replace(
      /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu,
      (letters) => `${letters.replaceAll('.', '')} `,
    )
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(numeral);
}

/** What tells a cooperative from others: its name without the words and abbreviations of its type. */
export function coreName(name: string): string {
  const all = words(name);
  return (withoutType(all) || all.join(' ')).slice(0, 120);
}

/** The words of a core name that must match exactly: numerals, and letters that stand alone. */
export function marksOfName(core: string): string {
  return core
    .split(' ')
    .filter((word) => word.length === 1 || /\d/.test(word))
    .join(' ');
}

/** Where a village is all of the name: the part after the programme's words. */
export function villagePart(core: string): string | undefined {
  const [first, second, ...rest] = core.split(' ');
  return first === PROGRAMME[0] && second === PROGRAMME[1] && rest.length > 0 ? rest.join(' ') : undefined;
}

function withoutType(all: readonly string[]): string {
  const programme = PROGRAMME_NAMES.find((phrase) => startsWith(all, phrase));
  if (programme) return [...PROGRAMME, ...all.slice(programme.length)].join(' ');
  let rest = all;
  let afterGenus = false;
  for (;;) {
    const [first = ''] = rest;
    const long = LONG.find((phrase) => startsWith(rest, phrase));
    // A second class is only one where it cannot be a part of the name.
    if (long && rest.length < all.length && (afterGenus || !AMBIGUOUS.has(long.join(' ')))) {
      afterGenus = false;
      rest = rest.slice(long.length);
    } else if (GENUS.has(first) || SHORT.has(first)) {
      afterGenus = GENUS.has(first);
      rest = rest.slice(1);
    } else break;
  }
  while (rest.length > 1 && (SHORT.has(rest.at(-1) ?? '') || GENUS.has(rest.at(-1) ?? ''))) rest = rest.slice(0, -1);
  return rest.join(' ');
}

function startsWith(all: readonly string[], phrase: readonly string[]): boolean {
  return phrase.every((word, at) => all[at] === word);
}

/** `II`, `02` and `dua` are 2. */
function numeral(word: string): string {
  if (/^\d+$/.test(word)) return word.replace(/^0+(?=\d)/, '');
  const spelled = NUMBER_WORDS.indexOf(word);
  if (spelled >= 0) return String(spelled + 1);
  if (!ROMAN.test(word)) return word;
  const values = [...word].map((letter) => ROMAN_VALUE[letter] ?? 0);
  return String(values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0));
}
