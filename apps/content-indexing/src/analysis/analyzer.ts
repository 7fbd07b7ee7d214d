import { STOPWORDS } from './stopwords';
import { type Term, TermReader } from './terms';

/** Raised when documents have to be analysed again: another stem, abbreviation or weight. Synonyms do not count: queries alone use them. */
export const ANALYZER_VERSION = 1;

/** Where a word stands decides how much it counts: one bag of weighted words, not a sum of fields. */
const WEIGHTS = { title: 3, tags: 2, summary: 2, body: 1 } as const;

export interface DocumentText {
  title: string;
  summary: string;
  tags: readonly string[];
  body: string;
}

/** What the index holds of a document: no text. */
export interface AnalysedDocument {
  /** Stems, canonical tokens (`#shu`) and exact forms (`=pemasaran`) with weighted frequencies. */
  tokens: { t: string; f: number }[];
  /** Words as written, for completing and correcting. */
  words: string[];
}

/** A word written in a certain form counts a little extra for a query in that form. */
export function exactForm(word: string): string {
  return `=${word}`;
}

/** Analyses documents. Queries: see `query.ts`, on the same terms. */
export class Analyzer {
  readonly terms = new TermReader();

  document(text: DocumentText): AnalysedDocument {
    const bag = new Map<string, number>();
    const words = new Set<string>();
    this.add(text.title, WEIGHTS.title, bag, words);
    this.add(text.summary, WEIGHTS.summary, bag, words);
    for (const tag of text.tags) this.add(tag, WEIGHTS.tags, bag, words);
    this.add(text.body, WEIGHTS.body, bag, words);
    return { tokens: [...bag].map(([t, f]) => ({ t, f })), words: [...words] };
  }

  private add(text: string, weight: number, bag: Map<string, number>, words: Set<string>): void {
    const terms = this.terms.read(text);
    const count = (token: string): void => void bag.set(token, (bag.get(token) ?? 0) + weight);
    for (const term of terms) {
      if (term.canonical && term.certain) {
        count(term.canonical);
        words.add(term.stem);
      } else if (isTelling(term)) {
        count(term.stem);
        count(exactForm(term.word));
        words.add(term.word);
      }
    }
    for (const phrase of this.terms.phrasesIn(terms)) count(phrase.canonical);
  }
}

/** False for words that say nothing about what a text is about. */
export function isTelling(term: Term): boolean {
  return !STOPWORDS.has(term.word) && (term.word.length > 1 || /\d/.test(term.word));
}
