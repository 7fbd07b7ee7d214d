import type { ItemKind } from '@idxcoop/contracts';
import type { LibraryItem } from '../library-item/library-item.schema';
import type { LibraryRevision } from '../library-item/library-revision.schema';

/** What an item of a kind should prove; nothing of it can be given yet, so it shows as unproven. */
const PROOFS: Partial<Record<ItemKind, readonly string[]>> = {
  app_listing: ['pse_registration', 'iso_27001'],
  regulation: ['legal_check'],
  practice: ['source'],
  case_study: ['source'],
};

/** An item with one of its texts. */
export function viewItem(item: LibraryItem, text: LibraryRevision) {
  const isServed = item.publishedText === text._id;
  return {
    id: item._id,
    revision: text.revision,
    state: isServed ? 'published' : item.state === 'withdrawn' ? 'withdrawn' : 'draft',
    kind: text.kind,
    title: text.title,
    summary: text.summary,
    body: text.body,
    language: text.language,
    tags: text.tags,
    publishedAt: isServed ? (item.publishedAt?.toISOString() ?? null) : null,
    writtenAt: text.writtenAt.toISOString(),
    unproven: PROOFS[text.kind] ?? [],
    seq: item.seq,
  };
}

/** A line in the list of editors: the newest revision and what is served. */
export function viewLine(item: LibraryItem) {
  return {
    id: item._id,
    kind: item.kind,
    title: item.title,
    state: item.state,
    revision: item.revision,
    publishedRevision: item.publishedRevision ?? null,
    publishedAt: item.publishedAt?.toISOString() ?? null,
    withdrawnReason: item.withdrawnReason ?? null,
    changedAt: item.changedAt.toISOString(),
    seq: item.seq,
  };
}
