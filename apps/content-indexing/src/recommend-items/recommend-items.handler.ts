import type { CooperativeType, ReadinessDimension } from '@idxcoop/contracts';
import { type Language, say } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { CooperativeGaps } from '../gaps/cooperative-gaps.schema';
import { helpsWith, isFor, itemsFor, RECOMMENDED_KINDS } from '../gaps/gaps';
import { PublishedItems } from '../library-item/published-items';
import { indexLoading } from '../problems.templates';
import { KnownCooperative } from '../remember-cooperative/known-cooperative.schema';
import type { Hit } from '../search-index/embedded-index';
import { IndexFollower } from '../search-index/index-follower';
import { FOR_EVERYBODY, forGap, forType } from './reasons.templates';

const MOST = 3;
const CANDIDATES = 20;
/** Up to three items for a cooperative, by its gaps and its type, each with the reason; the rest is what every cooperative can use. */
@Injectable()
export class RecommendItemsHandler {
  constructor(
    @InjectModel(KnownCooperative.name) private readonly cooperatives: Model<KnownCooperative>,
    @InjectModel(CooperativeGaps.name) private readonly assessed: Model<CooperativeGaps>,
    private readonly follower: IndexFollower,
    private readonly guard: PublishedItems,
  ) {}

  async execute(cooperativeId: string, language: Language) {
    if (!this.follower.isLoaded) throw indexLoading({ headers: { 'Retry-After': '1' } });
    const cooperative = await this.cooperatives.findById(cooperativeId).lean<KnownCooperative>();
    const found = await this.assessed.findOne({ cooperativeId }).lean<CooperativeGaps>();
    const type = cooperative?.type ?? found?.type;
    const gaps = found?.gaps ?? [];
    const candidates = this.candidates(type, gaps, language).slice(0, CANDIDATES);
    const texts = await this.guard.read(candidates);
    const items = candidates.flatMap((hit) => {
      const text = texts.get(hit.id);
      if (!text) return [];
      const { title, summary } = text;
      const reason = reasonOf(hit, gaps, type, language);
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

  private candidates(
    type: CooperativeType | undefined,
    gaps: readonly ReadinessDimension[],
    language: Language,
  ): Hit[] {
    const rank = (hit: Hit): number =>
      (type && hit.tags.includes(type) ? 0 : 100) +
      (hit.language === language ? 0 : 10) +
      RECOMMENDED_KINDS.indexOf(hit.kind);
    const fitting = this.follower.index
      .newest({})
      .hits.filter((hit) => RECOMMENDED_KINDS.includes(hit.kind) && isFor(type, hit))
      .sort((a, b) => rank(a) - rank(b));
    const forGaps = type ? itemsFor(fitting, gaps, type).map(({ item }) => item) : [];
    return [...forGaps, ...fitting.filter((hit) => !forGaps.includes(hit))];
  }
}

function reasonOf(
  hit: Hit,
  gaps: readonly ReadinessDimension[],
  type: CooperativeType | undefined,
  language: Language,
) {
  const dimension = gaps.find((gap) => helpsWith(hit).includes(gap));
  if (dimension) return { code: 'gap', text: say(forGap(dimension), language), dimension };
  if (type && hit.tags.includes(type)) return { code: 'type', text: say(forType(type), language) };
  return { code: 'general', text: say(FOR_EVERYBODY, language) };
}
