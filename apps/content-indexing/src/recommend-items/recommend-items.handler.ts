import type { CooperativeType, ItemKind } from '@idxcoop/contracts';
import { type Language, say } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { PublishedItems } from '../library-item/published-items';
import { indexLoading } from '../problems.templates';
import { KnownCooperative } from '../remember-cooperative/known-cooperative.schema';
import type { Hit } from '../search-index/embedded-index';
import { IndexFollower } from '../search-index/index-follower';
import { FOR_EVERYBODY, forType } from './reasons.templates';

const MOST = 3;
const CANDIDATES = 20;
/** What one can act on comes first; regulations are looked up, not recommended. */
const KINDS: readonly ItemKind[] = ['practice', 'article', 'training', 'case_study', 'video', 'form'];

/** Up to three items for a cooperative, by its type, each with the reason; the rest is what every cooperative can use. */
@Injectable()
export class RecommendItemsHandler {
  constructor(
    @InjectModel(KnownCooperative.name) private readonly cooperatives: Model<KnownCooperative>,
    private readonly follower: IndexFollower,
    private readonly guard: PublishedItems,
  ) {}

  async execute(cooperativeId: string, language: Language) {
    if (!this.follower.isLoaded) throw indexLoading({ headers: { 'Retry-After': '1' } });
    const cooperative = await this.cooperatives.findById(cooperativeId).lean<KnownCooperative>();
    const candidates = this.candidates(cooperative?.type, language).slice(0, CANDIDATES);
    const texts = await this.guard.read(candidates);
    const items = candidates.flatMap((hit) => {
      const text = texts.get(hit.id);
      if (!text) return [];
      const { title, summary } = text;
      const fits = cooperative && hit.tags.includes(cooperative.type);
      const reason = fits
        ? { code: 'type', text: say(forType(cooperative.type), language) }
        : { code: 'general', text: say(FOR_EVERYBODY, language) };
      return [
        {
          id: hit.id,
          revision: hit.revision,
          kind: hit.kind,
          title,
          summary,
          publishedAt: hit.publishedAt.toISOString(),
          reason,
        },
      ];
    });
    return { items: items.slice(0, MOST) };
  }

  private candidates(type: CooperativeType | undefined, language: Language): Hit[] {
    const rank = (hit: Hit): number =>
      (type && hit.tags.includes(type) ? 0 : 100) + (hit.language === language ? 0 : 10) + KINDS.indexOf(hit.kind);
    return this.follower.index
      .newest({})
      .hits.filter(({ kind, tags }) => KINDS.includes(kind) && (tags.includes(type ?? '') || !tags.some(isType)))
      .sort((a, b) => rank(a) - rank(b));
  }
}

const TYPES: ReadonlySet<string> = new Set([
  'consumer',
  'producer',
  'savings_loan',
  'marketing',
  'service',
] satisfies CooperativeType[]);

function isType(tag: string): boolean {
  return TYPES.has(tag);
}
