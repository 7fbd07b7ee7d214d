import { ABBREVIATIONS, type Abbreviation } from './abbreviations';
import { INFORMAL } from './informal-spelling';
import { Stemmer } from './stemmer';
import { halves, type Token, tokenize } from './tokenizer';

/** A word with what it is indexed as. */
export interface Term extends Token {
  stem: string;
  /** The canonical token (`#shu`) where the word is an abbreviation. */
  canonical?: string;
  /** Written so that it can only be the abbreviation (`RAT`, `SHU`), not an ordinary word (`rat`). */
  certain: boolean;
}

/** Words `from` up to before `to` that together mean one canonical token. */
export interface Phrase {
  canonical: string;
  from: number;
  to: number;
}

const CLITIC = /(nya|ku|mu|lah)$/;

/** Reads texts as terms and finds abbreviations that are written in full. One vocabulary of stems for documents and queries. */
export class TermReader {
  private readonly stemmer = new Stemmer();
  private readonly shorts = new Map<string, Abbreviation>();
  /** First stem of a full form → the full forms that begin with it, longest first. */
  private readonly phrases = new Map<string, { stems: string[]; canonical: string }[]>();

  constructor() {
    for (const abbreviation of ABBREVIATIONS) this.shorts.set(abbreviation.short, abbreviation);
    for (const { short, full } of ABBREVIATIONS) for (const form of full) this.learn(form, `#${short}`);
    for (const list of this.phrases.values()) list.sort((a, b) => b.stems.length - a.stems.length);
  }

  read(text: string): Term[] {
    return tokenize(text)
      .flatMap((token) => this.parts(token))
      .map((token) => this.term(token));
  }

  /** Full forms in a run of terms; at each word the longest one. */
  phrasesIn(terms: readonly Term[]): Phrase[] {
    const found: Phrase[] = [];
    terms.forEach((term, from) => {
      const match = this.phrases
        .get(term.stem)
        ?.find(({ stems }) => stems.every((stem, offset) => terms[from + offset]?.stem === stem));
      if (match) found.push({ canonical: match.canonical, from, to: from + match.stems.length });
    });
    return found;
  }

  private parts(token: Token): Token[] {
    if (!token.word.includes('-') || !this.stemmer.stem(token.word).includes('-')) return [token];
    return this.phrases.has(this.stemmer.stem(token.word)) ? [token] : halves(token);
  }

  private term(token: Token): Term {
    const word = INFORMAL.get(token.word) ?? token.word;
    const short = this.shorts.get(word) ?? this.shorts.get(word.replace(CLITIC, ''));
    if (!short) return { ...token, word, stem: this.stemmer.stem(word), certain: false };
    const capitals = /^\p{Lu}{2,}/u.test(token.raw);
    return { ...token, word, stem: short.short, canonical: `#${short.short}`, certain: capitals || !short.capitals };
  }

  private learn(form: string, canonical: string): void {
    const stems = this.read(form).map((term) => term.stem);
    const [first] = stems;
    if (first) this.phrases.set(first, [...(this.phrases.get(first) ?? []), { stems, canonical }]);
  }
}
