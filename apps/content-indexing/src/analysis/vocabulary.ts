import { damerau } from './damerau';

const SHORTEST_PREFIX = 3;
const MOST_COMPLETIONS = 6;

/** The words, as written, of all documents that can be found. Completing and correcting work on these, not on stems. */
export class Vocabulary {
  private readonly counts = new Map<string, number>();
  private readonly byInitial = new Map<string, Set<string>>();

  add(words: readonly string[]): void {
    for (const word of words) {
      this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
      const initial = word[0] ?? '';
      const bucket = this.byInitial.get(initial);
      if (bucket) bucket.add(word);
      else this.byInitial.set(initial, new Set([word]));
    }
  }

  remove(words: readonly string[]): void {
    for (const word of words) {
      const count = (this.counts.get(word) ?? 0) - 1;
      if (count > 0) this.counts.set(word, count);
      else {
        this.counts.delete(word);
        this.byInitial.get(word[0] ?? '')?.delete(word);
      }
    }
  }

  has(word: string): boolean {
    return this.counts.has(word);
  }

  /** Words that begin with what was typed, the commonest first. */
  completions(prefix: string): string[] {
    if (prefix.length < SHORTEST_PREFIX) return [];
    const found = this.likely(prefix).filter((word) => word !== prefix && word.startsWith(prefix));
    return this.commonest(found).slice(0, MOST_COMPLETIONS);
  }

  /** What a mistyped word may have been: one error from 5 letters on, two from 8, the first letter right. The nearest, then the commonest. */
  corrections(word: string): string[] {
    const most = word.length >= 8 ? 2 : word.length >= 5 ? 1 : 0;
    if (most === 0 || /\d/.test(word)) return [];
    let nearest = most;
    let found: string[] = [];
    for (const candidate of this.likely(word)) {
      const distance = damerau(word, candidate, nearest);
      if (distance > nearest) continue;
      if (distance < nearest) found = [];
      nearest = distance;
      found.push(candidate);
    }
    return this.commonest(found).slice(0, 3);
  }

  private likely(word: string): string[] {
    return [...(this.byInitial.get(word[0] ?? '') ?? [])];
  }

  private commonest(words: string[]): string[] {
    const count = (word: string): number => this.counts.get(word) ?? 0;
    return words.sort((a, b) => count(b) - count(a) || a.length - b.length || (a < b ? -1 : 1));
  }
}
