import { Outbox } from '@idxcoop/messaging';
import type { Channel } from '@idxcoop/contracts';
import { Clock, Derivation, fieldError, Mongo, notFound, type Problem, refusal, sameText } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Claim } from '../claims/claim.schema';
import { confirmContact, handOver, yieldsToClaim } from '../claims/hand-over';
import { HandOvers } from '../claims/hand-overs';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import { type ContactPoint, Person, type PersonDocument } from '../people/person.schema';
import { VERIFICATION, VerificationFlow, type VerificationFlowDocument } from '../people/verification-flow.schema';
import { expiredCode, wrongCode, wrongState } from '../problems.templates';
import { ReviewDesk } from '../review/review-desk';
import { SucceedFlowHandler } from './succeed-flow.handler';
import type { VerifyContactDto } from './verify-contact.dto';

interface Parties {
  flow: VerificationFlowDocument;
  cooperative: CooperativeDocument;
  person: PersonDocument;
  contact: ContactPoint;
}

@Injectable()
export class VerifyContactHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Claim.name) private readonly claims: Model<Claim>,
    private readonly desk: ReviewDesk,
    private readonly handOvers: HandOvers,
    private readonly succession: SucceedFlowHandler,
    private readonly outbox: Outbox,
    private readonly derivation: Derivation,
    private readonly clock: Clock,
  ) {}

  async execute(flowId: string, input: VerifyContactDto): Promise<{ state: 'verified' }> {
    // A wrong guess is a change too: it is committed first, and refused afterwards.
    const refusal = await this.mongo.transaction((session) => this.judge(flowId, input, session));
    if (refusal) throw refusal;
    return { state: 'verified' };
  }

  private async judge(flowId: string, input: VerifyContactDto, session: ClientSession): Promise<Problem | null> {
    const at = this.clock.now();
    const flow = await this.flows.findById(flowId).session(session);
    if (!flow) throw notFound();
    refuseMissing(flow.channel, input);
    const right = this.matches(flow, input);
    if (flow.state === 'verified' && right) return null;
    if (!flow.isLive(at)) {
      const isExpired = flow.state === 'open' || flow.state === 'expired';
      const nextFlowId = await this.succession.execute(flow, at, session);
      return (isExpired ? expiredCode : wrongCode)({ attemptsLeft: 0, nextFlowId });
    }
    const parties = await this.partiesOf(flow, session);
    return right ? this.accept(parties, at, session) : this.refuse(parties, at, session);
  }

  private matches(flow: VerificationFlow, { code, token }: VerifyContactDto): boolean {
    if (flow.channel === 'email') {
      const subject = token ? this.derivation.readToken(VERIFICATION, token) : null;
      return subject?.subjectId === flow._id && subject.sendNumber <= flow.sendNumber;
    }
    // Messages may overtake each other: the code before the last one is as good.
    const sends = [flow.sendNumber, Math.max(1, flow.sendNumber - 1)];
    const typed = code?.replace(/\D/g, '') ?? '';
    return sends.map((send) => sameText(typed, this.derivation.code(VERIFICATION, flow._id, send))).includes(true);
  }

  private async partiesOf(flow: VerificationFlowDocument, session: ClientSession): Promise<Parties> {
    const cooperative = await this.cooperatives.findById(flow.cooperativeId).session(session);
    const person = await this.people.findById(flow.personId).session(session);
    const contact = person?.contacts.find(({ _id }) => _id === flow.contactId);
    if (!cooperative || !person || !contact) throw notFound();
    if (!cooperative.takesContacts()) {
      throw wrongState({ registration: cooperative.registration });
    }
    return { flow, cooperative, person, contact };
  }

  private async accept(
    { flow, cooperative, person, contact }: Parties,
    at: Date,
    session: ClientSession,
  ): Promise<null> {
    flow.state = 'verified';
    const claim = person.claimId ? await this.claims.findById(person.claimId).session(session) : null;
    if (claim?.handOver && claim.state === 'unverified') {
      await this.handOvers.complete(cooperative, { person, contact, flowId: flow.id }, claim, at, session);
    } else if (claim && !yieldsToClaim(cooperative)) {
      contact.verifiedAt ??= at;
      if (claim.state === 'unverified') {
        claim.state = 'in_review';
        await this.desk.open(cooperative, { kind: 'claim', claimId: claim.id }, at, session);
      }
    } else {
      const verified = confirmContact(cooperative, person, contact, flow.id, at);
      await this.outbox.add(cooperative, verified, session);
      if (claim) {
        Object.assign(claim, { state: 'approved', decidedAt: at });
        await this.people.deleteMany(
          { cooperativeId: cooperative.id, claimId: null, _id: { $ne: person._id } },
          { session },
        );
        for (const link of handOver(cooperative, person, contact, verified.first, at))
          await this.outbox.add(cooperative, link, session);
      }
    }
    for (const document of [flow, person, cooperative, ...(claim ? [claim] : [])]) await document.save({ session });
    return null;
  }

  private async refuse({ flow }: Parties, at: Date, session: ClientSession): Promise<Problem> {
    flow.attemptsLeft -= 1;
    if (flow.attemptsLeft > 0) {
      await flow.save({ session });
      return wrongCode({ attemptsLeft: flow.attemptsLeft, nextFlowId: null });
    }
    flow.state = 'spent';
    await flow.save({ session });
    return wrongCode({ attemptsLeft: 0, nextFlowId: await this.succession.execute(flow, at, session) });
  }
}

/** Nothing typed is no guess: it is said and costs no attempt. A link proves itself by its token, a message by its code. */
function refuseMissing(channel: Channel, { code, token }: VerifyContactDto): void {
  const [needed, other] = channel === 'email' ? [token, code] : [code, token];
  if (needed?.trim()) return;
  const names = channel === 'email' ? ['/token', '/code'] : ['/code', '/token'];
  const isOtherEmpty = needed === undefined && other !== undefined && !other?.trim();
  throw refusal([fieldError((isOtherEmpty ? names[1] : names[0]) as string, 'required')]);
}
