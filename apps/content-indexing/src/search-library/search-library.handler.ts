import { decodeCursor, encodeCursor, fieldError, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Analyzer } from '../analysis/analyzer';
import { analyseQuery } from '../analysis/query';
import type { Term } from '../analysis/terms';
import type { LibraryRevision } from '../library-item/library-revision.schema';
import { PublishedItems } from '../library-item/published-items';
import { indexBehind, indexLoading } from '../problems.templates';
import type { Hit } from '../search-index/embedded-index';
import { IndexFollower } from '../search-index/index-follower';
import type { SearchLibraryQuery } from './search-library.dto';
import { PATIENCE_FOR_SEQ } from './search-limits';
import { Recent } from './recent';
import { snippet } from './snippet';

/** Hits beyond the page that are asked for at once, since the guard may drop some. */
const SPARE = 10;

/** Finds items: the index proposes, the guard decides what leaves. */
@Injectable()
export class SearchLibraryHandler {
  private readonly analyzer = new Analyzer();
  /** Reading a text costs more than finding it, and texts never change. */
  private readonly read = new Recent<Term[]>(500);

  constructor(
    private readonly follower: IndexFollower,
    private readonly guard: PublishedItems,
  ) {}

  async execute({ q, limit, cursor, minSeq = 0, ...filter }: SearchLibraryQuery) {
    const offset = offsetOf(cursor);
    if (!(await this.follower.reach(minSeq, PATIENCE_FOR_SEQ))) throw indexBehind({ headers: { 'Retry-After': '1' } });
    if (!this.follower.isLoaded) throw indexLoading({ headers: { 'Retry-After': '1' } });
    const { index, seq } = this.follower;
    const asked = analyseQuery(q, this.analyzer, index);
    const wanted = { ...filter, without: await this.guard.withdrawnAfter(seq) };
    const { hits, kinds } = q.trim() === '' ? index.newest(wanted) : index.search(asked.concepts, wanted);
    const { passed, next, dropped } = await this.pass(hits, offset, limit);
    const highlight = new Set(asked.concepts.flatMap(({ tokens }) => [...tokens.keys()]));
    return {
      query: { q, tokens: asked.tokens, didYouMean: asked.didYouMean },
      total: hits.length - dropped,
      items: passed.map(([hit, text]) => this.view(hit, text, highlight)),
      nextCursor: next < hits.length ? encodeCursor({ from: next }) : null,
      facets: { kind: kinds },
      seq,
    };
  }

  /** A page of those that may leave, and the place in the list at which the next one begins. */
  private async pass(hits: readonly Hit[], offset: number, limit: number) {
    const passed: [Hit, LibraryRevision][] = [];
    let next = offset;
    let dropped = 0;
    while (passed.length < limit && next < hits.length) {
      const claims = hits.slice(next, next + limit - passed.length + SPARE);
      const texts = await this.guard.read(claims);
      for (const hit of claims) {
        if (passed.length === limit) break;
        next += 1;
        const text = texts.get(hit.id);
        if (text) passed.push([hit, text]);
        else dropped += 1;
      }
    }
    return { passed, next, dropped };
  }

  private view(hit: Hit, text: LibraryRevision, highlight: ReadonlySet<string>) {
    const isSummary = !text.text || (highlight.size === 0 && text.summary !== '');
    const shown = isSummary ? text.summary : text.text;
    const terms = this.read.of(`${text._id} ${isSummary}`, () => this.analyzer.terms.read(shown));
    return {
      id: hit.id,
      revision: hit.revision,
      kind: hit.kind,
      title: text.title,
      snippet: snippet(shown, terms, highlight, this.analyzer.terms),
      score: Math.round(hit.score * 10_000) / 10_000,
      publishedAt: hit.publishedAt.toISOString(),
    };
  }
}

function offsetOf(cursor: string | undefined): number {
  const from = decodeCursor<{ from: number }>(cursor)?.from ?? 0;
  if (!Number.isSafeInteger(from) || from < 0) throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return from;
}
