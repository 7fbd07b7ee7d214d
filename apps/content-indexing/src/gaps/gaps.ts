import {
  type CooperativeType,
  type ItemKind,
  READINESS_DIMENSIONS,
  type ReadinessBand,
  type ReadinessDimension,
} from '@idxcoop/contracts';

/** What one can act on comes first; regulations are looked up, not recommended. */
export const RECOMMENDED_KINDS: readonly ItemKind[] = [
  'practice',
  'article',
  'training',
  'case_study',
  'video',
  'form',
];

/** The tags that say what an item helps with; the name of a dimension is one of its own. */
const TAGS: Readonly<Record<ReadinessDimension, readonly string[]>> = {
  governance: ['tata kelola', 'rat', 'pengurus', 'pengawas', 'ad/art'],
  records: ['pembukuan', 'akuntansi', 'keuangan', 'shu', 'perhitungan'],
  people: ['pelatihan', 'regenerasi', 'manajer'],
  connectivity: ['digital', 'teknologi', 'technology', 'keamanan'],
  member_services: ['pelayanan', 'nontunai', 'qris', 'whatsapp', 'pengaduan'],
  market_finance: ['pemasaran', 'pembiayaan', 'modal', 'promosi'],
};

const TYPES: ReadonlySet<string> = new Set([
  'consumer',
  'producer',
  'savings_loan',
  'marketing',
  'service',
] satisfies CooperativeType[]);

const GAPS: readonly ReadinessBand[] = ['basic', 'developing'];

/** What of an item says whether it fits. */
export interface Tagged {
  kind: ItemKind;
  tags: readonly string[];
}

/** Where a cooperative needs help: the dimensions in the two lower bands, in the order given. */
export function gapsIn(
  dimensions: readonly ReadinessDimension[],
  bands: readonly ReadinessBand[],
): ReadinessDimension[] {
  return dimensions.filter((_dimension, index) => GAPS.includes(bands[index] as ReadinessBand));
}

/** The dimensions that an item helps with. */
export function helpsWith({ tags }: Tagged): ReadinessDimension[] {
  return READINESS_DIMENSIONS.filter((dimension) =>
    tags.some((tag) => tag === dimension || TAGS[dimension].includes(tag.toLowerCase())),
  );
}

/** Whether an item is about a type of cooperative, or about none in particular. */
export function isFor(type: CooperativeType | undefined, { tags }: Tagged): boolean {
  return tags.includes(type ?? '') || !tags.some((tag) => TYPES.has(tag));
}

/** The items for the gaps of a cooperative: for its greatest gap first, and of those first what is about its type. */
export function itemsFor<Item extends Tagged>(
  items: readonly Item[],
  gaps: readonly ReadinessDimension[],
  type: CooperativeType,
): { item: Item; dimension: ReadinessDimension }[] {
  return items
    .flatMap((item) => {
      const dimension = gaps.find((gap) => helpsWith(item).includes(gap));
      return dimension && RECOMMENDED_KINDS.includes(item.kind) && isFor(type, item) ? [{ item, dimension }] : [];
    })
    .map((entry, index) => ({ ...entry, index }))
    .sort((a, b) => rank(a) - rank(b) || a.index - b.index)
    .map(({ item, dimension }) => ({ item, dimension }));

  function rank({ item, dimension }: { item: Item; dimension: ReadinessDimension }): number {
    return gaps.indexOf(dimension) * 100 + (item.tags.includes(type) ? 0 : 10) + RECOMMENDED_KINDS.indexOf(item.kind);
  }
}
