import { CooperativeRegisteredV1, CooperativeVerifiedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { KnownCooperative } from './known-cooperative.schema';

/** Remembers of a cooperative what recommendations need, from its newest fact. */
@EventConsumer('remember-cooperative')
export class RememberCooperativeConsumer {
  constructor(@InjectModel(KnownCooperative.name) private readonly cooperatives: Model<KnownCooperative>) {}

  @OnEvent(CooperativeRegisteredV1, CooperativeVerifiedV1)
  async on(event: CooperativeRegisteredV1 | CooperativeVerifiedV1, context: EventContext): Promise<void> {
    const { sequence, session } = context;
    const { cooperativeId: _id, type, form, regionCode } = event;
    const known = await this.cooperatives.findById(_id).session(session).lean<KnownCooperative>();
    if (known && known.sequence >= sequence) return;
    const now: KnownCooperative = { _id, type, form, provinceCode: regionCode.slice(0, 2), sequence };
    await this.cooperatives.replaceOne({ _id }, now, { session, upsert: true });
  }
}
