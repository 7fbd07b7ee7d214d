import { Clock, IdempotencyKeys, Mongo, newId, notFound, RateLimits } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Claim } from '../claims/claim.schema';
import { Cooperative } from '../cooperative/cooperative.schema';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { publicFlow } from '../people/verification-flow.schema';
import { wrongState } from '../problems.templates';
import type { ClaimCooperativeDto } from './claim-cooperative.dto';

/** Opens a claim to a cooperative that is there already: first the contact is verified, then the officer decides. */
@Injectable()
export class ClaimCooperativeHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Claim.name) private readonly claims: Model<Claim>,
    private readonly book: ContactBook,
    private readonly limits: RateLimits,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async execute(cooperativeId: string, { contact, consent }: ClaimCooperativeDto) {
    for (const { address } of addressesOf(contact)) {
      await this.limits.take('sign-ups-per-contact', address, { points: 5, seconds: 3_600 });
    }
    await this.book.refuseTooMany(addressesOf(contact), this.clock.now());
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const cooperative = await this.cooperatives.findById(cooperativeId).session(session);
      if (!cooperative) throw notFound();
      if (['lapsed', 'withdrawn', 'duplicate'].includes(cooperative.registration)) {
        throw wrongState({ registration: cooperative.registration });
      }
      const claim = new this.claims({ _id: newId(), cooperativeId, state: 'unverified', createdAt: at });
      const person = { cooperativeId, claimId: claim.id, ...contact, addresses: addressesOf(contact), consent };
      const flows = await this.book.add(cooperative, person, at, session);
      await claim.save({ session });
      await cooperative.save({ session });
      const answer = { id: claim.id, cooperativeId, state: claim.state, verifications: flows.map(publicFlow) };
      await this.idempotency.record(answer, session);
      return answer;
    });
  }
}
