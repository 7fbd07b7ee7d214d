import { event, OfferAcceptedV1 } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Clock, IdempotencyKeys, isDuplicate, Mongo, newId, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Acceptance } from '../app-listings/acceptance.schema';
import { ListingDesk } from '../app-listings/listing-desk';
import { viewAcceptance } from '../app-listings/listing-views';
import { offerOn } from '../app-listings/standing';
import { StatusToken } from '../cooperative/status-token';
import { alreadyAccepted, offerNotForType, offerNotOpen, wrongState } from '../problems.templates';

/** Takes up an offer of a published listing, once per cooperative and offer. */
@Injectable()
export class AcceptOfferHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Acceptance.name) private readonly acceptances: Model<Acceptance>,
    private readonly desk: ListingDesk,
    private readonly status: StatusToken,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async execute(listingId: string, offerId: string, authorization: string | undefined) {
    const cooperativeId = await this.status.whose(authorization);
    try {
      return await this.mongo.transaction((session) =>
        this.accept(listingId, offerId, cooperativeId, authorization, session),
      );
    } catch (error) {
      if (isDuplicate(error)) throw alreadyAccepted();
      throw error;
    }
  }

  private async accept(
    listingId: string,
    offerId: string,
    cooperativeId: string,
    authorization: string | undefined,
    session: ClientSession,
  ) {
    const at = this.clock.now();
    const cooperative = await this.status.open(cooperativeId, authorization, session);
    const { state, offers, types, partnerId } = await this.desk.find(listingId, undefined, session);
    const offer = offers.find(({ id }) => id === offerId);
    if (state !== 'published' || !offer) throw notFound();
    const standing = offerOn(offer, this.desk.today());
    if (standing !== 'open') throw offerNotOpen({ state: standing });
    const { registration, type } = cooperative;
    if (registration !== 'verified' || !cooperative.exists())
      throw wrongState({ detail: registration, state: registration });
    if (types.length > 0 && !types.includes(type)) throw offerNotForType();
    if (await this.acceptances.exists({ cooperativeId, offerId }).session(session)) throw alreadyAccepted();
    const ids = { listingId, offerId, partnerId, cooperativeId };
    const found = new this.acceptances({ _id: newId(), ...ids, acceptedAt: at });
    const when = { effectiveOn: at.toISOString(), knownAt: at.toISOString() };
    await this.outbox.add(found, event(OfferAcceptedV1, { acceptanceId: found.id, ...ids, ...when }), session);
    await found.save({ session });
    cooperative.seen(at);
    await cooperative.save({ session });
    const answer = viewAcceptance(found);
    await this.idempotency.record(answer, session);
    return answer;
  }
}
