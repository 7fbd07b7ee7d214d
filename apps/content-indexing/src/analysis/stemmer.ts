import { goTogether, withoutEnding, withoutPrefix } from './affixes';
import { ROOTS } from './root-list';
import { STEM_EXCEPTIONS } from './stem-exceptions';

const CACHE_LIMIT = 50_000;
const MOST_PREFIXES = 3;
const SHORTEST_ROOT = 3;

interface Reading {
  root: string;
  steps: number;
}

/** Fewer affixes first; then the longer root; then the reading found first, which takes endings off before prefixes. */
function better(a: Reading, b: Reading | undefined): boolean {
  return !b || a.steps < b.steps || (a.steps === b.steps && a.root.length > b.root.length);
}

/**
 * Indonesian stemmer over a root list: every decomposition of a word into affixes that ends in a root is collected and the
 * plainest is taken. A word that ends in no root is left whole, so names and foreign words are never damaged.
 */
export class Stemmer {
  private readonly cache = new Map<string, string>();

  /** The stem of a lower-case word. */
  stem(word: string): string {
    const known = this.cache.get(word);
    if (known !== undefined) return known;
    const stem = this.decide(word);
    if (this.cache.size >= CACHE_LIMIT) this.cache.clear();
    this.cache.set(word, stem);
    return stem;
  }

  private decide(word: string): string {
    const exception = this.exceptionOf(word);
    if (exception) return exception;
    if (word.includes('-')) return this.doubled(word);
    return this.plainest(word)?.root ?? this.withoutClitic(word);
  }

  private exceptionOf(word: string): string | undefined {
    return STEM_EXCEPTIONS.get(word) ?? STEM_EXCEPTIONS.get(word.replace(/(nya|lah|kah|pun|ku|mu)$/, ''));
  }

  /** Reduplication: `buku-bukunya`, `bermacam-macam`, `tolong-menolong` are one word; `simpan-pinjam` is not (see tokenizer). */
  private doubled(word: string): string {
    const parts = word.split('-').filter(Boolean);
    const stems = new Set(parts.map((part) => this.stem(part)));
    return stems.size === 1 ? [...stems][0]! : word;
  }

  private plainest(word: string): Reading | undefined {
    let best: Reading | undefined;
    for (const { rest, suffix, steps } of withoutEnding(word)) {
      const visit = (base: string, taken: number, depth: number): void => {
        if (base.length < SHORTEST_ROOT) return;
        if (ROOTS.has(base)) {
          const reading = { root: base, steps: steps + taken };
          if (better(reading, best)) best = reading;
        }
        if (depth === MOST_PREFIXES) return;
        for (const next of withoutPrefix(base)) {
          if (depth === 0 && !goTogether(next.family, suffix)) continue;
          visit(next.rest, taken + 1, depth + 1);
        }
      };
      visit(rest, 0, 0);
    }
    return best;
  }

  private withoutClitic(word: string): string {
    return word.length > 6 && word.endsWith('nya') ? word.slice(0, -3) : word;
  }
}
