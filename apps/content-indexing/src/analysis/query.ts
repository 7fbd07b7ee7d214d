import { type Analyzer, exactForm, isTelling } from './analyzer';
import { SYNONYMS } from './synonyms';
import type { Term } from './terms';
import type { Vocabulary } from './vocabulary';

const WEIGHT = {
  same: 0.9,
  near: 0.35,
  exact: 0.4,
  completion: 0.8,
  correction: 0.8,
  part: 0.35,
  plainWord: 0.5,
} as const;
const MOST_CONCEPTS = 16;

/** One thing that the query asks for: any of these index tokens, each with its share. */
export interface Concept {
  weight: number;
  /** The token that was asked for itself; the others stand in for it. */
  token: string;
  tokens: Map<string, number>;
}

export interface AnalysedQuery {
  /** What is shown: stems and abbreviations, in the order of the query. */
  tokens: string[];
  concepts: Concept[];
  /** The query with its mistyped words put right, else null. */
  didYouMean: string | null;
}

/** What the query's words are looked up in. */
export interface Lexicon {
  vocabulary: Vocabulary;
  /** True where some document holds the index token. */
  knows(token: string): boolean;
}

/** Turns what was typed into concepts over the tokens of the index: abbreviations both ways, synonyms, completion, correction. */
export function analyseQuery(q: string, analyzer: Analyzer, lexicon: Lexicon): AnalysedQuery {
  const all = analyzer.terms.read(q);
  const terms = all.some(asks) ? all : [];
  const phrases = analyzer.terms.phrasesIn(terms);
  const inPhrase = (at: number): boolean => phrases.some(({ from, to }) => at >= from && at < to && to - from > 1);
  const shown = new Set<string>();
  const concepts: Concept[] = [];
  const right: string[] = [];
  let mended = false;

  terms.forEach((term, at) => {
    for (const phrase of phrases) if (phrase.from === at) concepts.push(concept(phrase.canonical, 1));
    const spoken = q.slice(term.start, term.end);
    if (!term.canonical && !asks(term)) return void right.push(spoken);
    const read = term.canonical ? abbreviation(term) : word(term, at === terms.length - 1, analyzer, lexicon);
    right.push(read.correction ?? spoken);
    mended ||= read.correction !== undefined;
    shown.add(read.shown);
    concepts.push(inPhrase(at) ? { ...read.concept, weight: WEIGHT.part } : read.concept);
  });
  for (const phrase of phrases) shown.add(phrase.canonical.slice(1));
  return {
    tokens: [...shown],
    concepts: concepts.slice(0, MOST_CONCEPTS),
    didYouMean: mended ? right.join(' ') : null,
  };
}

/** In a text `bagi` is nearly always "for"; who types `bagi shu` wants it shared. */
function asks(term: Term): boolean {
  return isTelling(term) || term.word === 'bagi';
}

interface Read {
  shown: string;
  concept: Concept;
  correction?: string;
}

function concept(token: string, weight: number, others: [string, number][] = []): Concept {
  const tokens = new Map(others);
  for (const synonym of SYNONYMS.get(token) ?? []) tokens.set(synonym.token, WEIGHT[synonym.kind]);
  return { weight, token, tokens: tokens.set(token, 1) };
}

/** `RAT` asks for the meeting alone. `rat`, typed in a hurry, asks for the meeting first and for the plain word after it. */
function abbreviation(term: Term): Read {
  const plain: [string, number][] = term.certain ? [] : [[term.stem, WEIGHT.plainWord]];
  return { shown: term.stem, concept: concept(term.canonical ?? term.stem, 1, plain) };
}

function word(term: Term, last: boolean, analyzer: Analyzer, lexicon: Lexicon): Read {
  const { vocabulary } = lexicon;
  const exact: [string, number] = [exactForm(term.word), WEIGHT.exact];
  const known: Read = { shown: term.stem, concept: concept(term.stem, 1, [exact]) };
  if (lexicon.knows(term.stem) || vocabulary.has(term.word)) return known;
  const completions = last ? vocabulary.completions(term.word) : [];
  const stemOf = (form: string): string => {
    const [read] = analyzer.terms.read(form);
    return read?.canonical ?? read?.stem ?? form;
  };
  if (completions.length > 0) {
    const stems = completions.map((form): [string, number] => [stemOf(form), WEIGHT.completion]);
    return { shown: term.stem, concept: concept(term.stem, 1, stems) };
  }
  const [correction, ...others] = vocabulary.corrections(term.word);
  if (correction === undefined) return known;
  const stems = [correction, ...others].map((form): [string, number] => [stemOf(form), WEIGHT.correction]);
  const shown = stemOf(correction).replace('#', '');
  return { shown, concept: concept(term.stem, 1, stems), correction };
}
