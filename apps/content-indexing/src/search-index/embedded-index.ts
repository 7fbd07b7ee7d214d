import type { ItemKind } from '@idxcoop/contracts';
import MiniSearch from 'minisearch';
import { type Concept, type Lexicon } from '../analysis/query';
import { Vocabulary } from '../analysis/vocabulary';
import type { ItemLanguage } from '../library-item/library-revision.schema';
import type { LiveDoc, SearchDoc } from './search-doc.schema';

/** A document as the index knows it; whether it may leave, the guard decides. */
export interface Hit {
  id: string;
  revision: number;
  text: string;
  kind: ItemKind;
  language: ItemLanguage;
  tags: readonly string[];
  publishedAt: Date;
  score: number;
}

export interface Filter {
  kind?: ItemKind | undefined;
  tag?: string | undefined;
  language?: ItemLanguage | undefined;
  /** Items that are known to be gone although the index still has them. */
  without?: ReadonlySet<string> | undefined;
}

export interface Found {
  /** The best first. */
  hits: Hit[];
  kinds: { value: ItemKind; count: number }[];
}

const BM25 = { k: 1.2, b: 0.75, d: 0.5 };
/** How much of the score stays where only one of many concepts was met. */
const LONE = 0.4;

interface Entry extends Hit {
  tokens: string[];
  words: string[];
}

/** The search engine inside of this process: MiniSearch over one bag of weighted tokens. It is fed by `IndexFollower`. */
export class EmbeddedIndex implements Lexicon {
  readonly vocabulary = new Vocabulary();
  private readonly entries = new Map<string, Entry>();
  private readonly tokenCounts = new Map<string, number>();
  private readonly engine = new MiniSearch<{ id: string; bag: string }>({
    fields: ['bag'],
    tokenize: (bag) => bag.split(' '),
    processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', bm25: BM25 },
  });

  get size(): number {
    return this.entries.size;
  }

  knows(token: string): boolean {
    return this.tokenCounts.has(token);
  }

  /** Puts a document in, or takes it out. The caller has seen to it that this is newer than what is there. */
  apply(doc: SearchDoc): void {
    this.remove(doc._id);
    if (doc.state === 'live') this.add(doc as LiveDoc);
  }

  /** Documents that meet at least one concept. */
  search(concepts: readonly Concept[], filter: Filter): Found {
    const boosts = this.boostsOf(concepts);
    const all = concepts.reduce((sum, { weight }) => sum + weight, 0);
    const results = this.engine.search([...boosts.keys()].join(' '), { boostTerm: (term) => boosts.get(term) ?? 0 });
    const hits = results.map(({ id, score, queryTerms }) => {
      const met = new Set(queryTerms);
      const covered = concepts.reduce((sum, { weight, tokens }) => sum + (meets(tokens, met) ? weight : 0), 0);
      // MiniSearch multiplies by the number of terms met, which would reward synonyms: we count concepts instead.
      return { ...this.hit(id as string), score: (score / queryTerms.length) * (LONE + ((1 - LONE) * covered) / all) };
    });
    return this.found(
      hits.sort((a, b) => b.score - a.score || newestFirst(a, b)),
      filter,
    );
  }

  /** All documents, the newest first. */
  newest(filter: Filter): Found {
    return this.found([...this.entries.keys()].map((id) => this.hit(id)).sort(newestFirst), filter);
  }

  /**
   * Each token once, with the most that any concept gives it. What stands in for another token never counts more than that: a rare
   * synonym would otherwise outweigh the common word that was asked for.
   */
  private boostsOf(concepts: readonly Concept[]): Map<string, number> {
    const boosts = new Map<string, number>();
    for (const { weight, token: asked, tokens } of concepts) {
      const most = this.knows(asked) ? this.rarity(asked) : Number.POSITIVE_INFINITY;
      for (const [token, share] of tokens) {
        const boost = weight * share * Math.min(1, most / this.rarity(token));
        boosts.set(token, Math.max(boosts.get(token) ?? 0, boost));
      }
    }
    return boosts;
  }

  /** BM25's inverse document frequency. */
  private rarity(token: string): number {
    const count = this.tokenCounts.get(token) ?? 0;
    return Math.log(1 + (this.size - count + 0.5) / (count + 0.5));
  }

  private found(hits: Hit[], { kind, tag, language, without }: Filter): Found {
    const others = hits.filter(
      (hit) => (!tag || hit.tags.includes(tag)) && (!language || hit.language === language) && !without?.has(hit.id),
    );
    const counts = new Map<ItemKind, number>();
    for (const hit of others) counts.set(hit.kind, (counts.get(hit.kind) ?? 0) + 1);
    const kinds = [...counts].map(([value, count]) => ({ value, count }));
    return {
      hits: kind ? others.filter((hit) => hit.kind === kind) : others,
      kinds: kinds.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    };
  }

  private hit(id: string): Hit {
    const { tokens: _, words: __, ...hit } = this.entries.get(id)!;
    return hit;
  }

  private add(doc: LiveDoc): void {
    const { _id: id, revision, text, kind, language, tags, publishedAt, words } = doc;
    const tokens = doc.tokens.map(({ t }) => t);
    this.entries.set(id, { id, revision, text, kind, language, tags, publishedAt, score: 0, tokens, words });
    for (const token of tokens) this.tokenCounts.set(token, (this.tokenCounts.get(token) ?? 0) + 1);
    this.vocabulary.add(words);
    this.engine.add({ id, bag: doc.tokens.map(({ t, f }) => Array(f).fill(t).join(' ')).join(' ') });
  }

  private remove(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.engine.discard(id);
    this.vocabulary.remove(entry.words);
    for (const token of entry.tokens) {
      const count = (this.tokenCounts.get(token) ?? 0) - 1;
      if (count > 0) this.tokenCounts.set(token, count);
      else this.tokenCounts.delete(token);
    }
    this.entries.delete(id);
  }
}

function meets(tokens: ReadonlyMap<string, number>, met: ReadonlySet<string>): boolean {
  for (const token of tokens.keys()) if (met.has(token)) return true;
  return false;
}

function newestFirst(a: Hit, b: Hit): number {
  return b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? 1 : -1);
}
