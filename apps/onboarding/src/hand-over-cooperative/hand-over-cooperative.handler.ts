import {
  type CallerIdentity,
  Clock,
  fieldError,
  IdempotencyKeys,
  Mongo,
  newId,
  notFound,
  RateLimits,
  refusal,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Claim, type HandOver } from '../claims/claim.schema';
import { HandOvers } from '../claims/hand-overs';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import { StatusToken } from '../cooperative/status-token';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { publicFlow } from '../people/verification-flow.schema';
import { contactNotVerified, wrongState } from '../problems.templates';
import type { HandOverDto } from './hand-over-cooperative.dto';

/** Names a new contact of a cooperative. It takes over when it has proved its address; until then nothing changes. */
@Injectable()
export class HandOverCooperativeHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Claim.name) private readonly claims: Model<Claim>,
    private readonly status: StatusToken,
    private readonly handOvers: HandOvers,
    private readonly book: ContactBook,
    private readonly audit: AuditTrail,
    private readonly limits: RateLimits,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, authorization: string | undefined, input: HandOverDto, caller?: CallerIdentity) {
    const officer = caller?.has('officer') ? caller : undefined;
    const open = (session?: ClientSession) =>
      officer ? this.ofTerritory(id, officer, session) : this.status.open(id, authorization, session);
    await open();
    if (officer && !input.reason) throw refusal([fieldError('/reason', 'required')]);
    await this.limits.take('hand-overs', id, { points: 5, seconds: 86_400 });
    const addresses = addressesOf(input.contact);
    for (const { address } of addresses)
      await this.limits.take('sign-ups-per-contact', address, { points: 5, seconds: 3_600 });
    await this.book.refuseTooMany(addresses, this.clock.now());
    const { reason = 'board_changed', note } = input;
    const begun: HandOver = officer
      ? { begunBy: 'officer', by: officer.subject, reason }
      : { begunBy: 'contact', by: 'person', reason };
    return this.mongo.transaction(async (session) =>
      this.begin(await open(session), input, { ...begun, ...(note && { note }) }, session),
    );
  }

  private async begin(cooperative: CooperativeDocument, input: HandOverDto, begun: HandOver, session: ClientSession) {
    const at = this.clock.now();
    const { contact, consent } = input;
    if (!cooperative.takesContacts()) throw wrongState({ registration: cooperative.registration });
    // Who has proved nothing yet mends the contact instead of handing over.
    if (begun.begunBy === 'contact' && !cooperative.contactVerifiedAt) throw contactNotVerified();
    const claim = new this.claims({
      _id: newId(),
      cooperativeId: cooperative.id,
      handOver: begun,
      state: 'unverified',
      createdAt: at,
    });
    await this.handOvers.dropPending(cooperative.id, claim.id, at, session);
    const person = {
      cooperativeId: cooperative.id,
      claimId: claim.id,
      ...contact,
      addresses: addressesOf(contact),
      consent,
    };
    const flows = await this.book.add(cooperative, person, at, session);
    await claim.save({ session });
    await cooperative.save({ session });
    const subject = { kind: 'cooperative', id: cooperative.id };
    await this.audit.add({ action: 'hand_over.begun', subject, by: begun.by, reason: begun.reason }, session);
    const answer = {
      id: claim.id,
      cooperativeId: cooperative.id,
      state: claim.state,
      verifications: flows.map(publicFlow),
    };
    await this.idempotency.record(answer, session);
    return answer;
  }

  private async ofTerritory(
    id: string,
    officer: CallerIdentity,
    session?: ClientSession,
  ): Promise<CooperativeDocument> {
    const found = await this.cooperatives.findById(id).session(session ?? null);
    if (!found || !officer.covers(found.regionCode)) throw notFound();
    return found;
  }
}
