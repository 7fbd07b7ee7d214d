import { event, LibraryItemRecommendedV1, ReadinessAssessedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent, Outbox } from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { CooperativeGaps } from '../gaps/cooperative-gaps.schema';
import { gapsIn, itemsFor } from '../gaps/gaps';
import { PublishedItems } from '../library-item/published-items';
import { type LiveDoc, SearchDoc } from '../search-index/search-doc.schema';

const MOST = 3;
const CANDIDATES = 20;

/** Remembers the gaps that an assessment found, and recommends up to three items for them. */
@EventConsumer('answer-gaps')
export class AnswerGapsConsumer {
  constructor(
    @InjectModel(CooperativeGaps.name) private readonly known: Model<CooperativeGaps>,
    @InjectModel(SearchDoc.name) private readonly docs: Model<SearchDoc>,
    private readonly published: PublishedItems,
    private readonly outbox: Outbox,
  ) {}

  @OnEvent(ReadinessAssessedV1)
  async on(fact: ReadinessAssessedV1, { sequence, session }: EventContext): Promise<void> {
    const { cooperativeId, type, regionCode, effectiveOn, knownAt } = fact;
    const held = await this.known.findOne({ cooperativeId }).session(session);
    if (held && held.assessed >= sequence) return;
    const gaps = gapsIn(fact.dimensions, fact.bands);
    const now = held ?? new this.known({ _id: newId(), cooperativeId, sequence: 0 });
    now.set({ type, gaps, assessed: sequence });
    const about = { cooperativeId, regionCode, effectiveOn, knownAt };
    const chosen = gaps.length > 0 ? await this.choose(now, session) : [];
    const events = chosen.map((item) => event(LibraryItemRecommendedV1, { ...about, ...item }));
    await this.outbox.addMany(
      events.map((recommended) => ({ aggregate: now, event: recommended })),
      session,
    );
    await now.save({ session });
  }

  /** What the index has for the gaps, as far as it is published still. */
  private async choose({ gaps, type }: CooperativeGaps, session: ClientSession) {
    const live = await this.docs
      .find({ state: 'live' }, { kind: 1, tags: 1, revision: 1, text: 1, publishedAt: 1 })
      .sort({ publishedAt: -1, _id: 1 })
      .session(session)
      .lean<LiveDoc[]>();
    const candidates = itemsFor(live, gaps, type).slice(0, CANDIDATES);
    const texts = await this.published.read(
      candidates.map(({ item: { _id: id, revision, text } }) => ({ id, revision, text })),
    );
    return candidates
      .filter(({ item }) => texts.has(item._id))
      .slice(0, MOST)
      .map(({ item, dimension }) => ({ itemId: item._id, revision: item.revision, dimension }));
  }
}
