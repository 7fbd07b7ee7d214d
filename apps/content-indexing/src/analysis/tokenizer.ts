/** A word of a text: as written, and where. */
export interface Token {
  raw: string;
  /** Lower case, without diacritics and apostrophes. */
  word: string;
  start: number;
  end: number;
}

const WORD = /AD\/ART|[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/giu;
const PLAIN = /^[A-Za-z0-9-]+$/;
const DOUBLED_BY_DIGIT = /^(\p{L}{3,})2(\p{L}*)$/u;

/** Lower case without diacritics and apostrophes. */
export function fold(raw: string): string {
  // Nearly every word: normalising is what costs.
  if (PLAIN.test(raw)) return raw.toLowerCase();
  return raw
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();
}

/** Splits a text into words. `buku2nya` is read as `bukunya`; hyphenated words stay whole: see `halves`. */
export function tokenize(text: string): Token[] {
  return [...text.matchAll(WORD)].map((match) => {
    const raw = match[0];
    const word = fold(raw).replace(DOUBLED_BY_DIGIT, '$1$2');
    return { raw, word, start: match.index, end: match.index + raw.length };
  });
}

/** The parts of a hyphenated word as words of their own. */
export function halves(token: Token): Token[] {
  return [...token.raw.matchAll(/[^-]+/g)].map((match) => {
    const start = token.start + match.index;
    return { raw: match[0], word: fold(match[0]), start, end: start + match[0].length };
  });
}
