import { Clock, Config, Derivation, notFound, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { StatusToken } from '../cooperative/status-token';
import { agreedOn, Consents } from '../people/consents';
import { type ContactPoint, IN_USE, Person } from '../people/person.schema';
import { VERIFICATION, VerificationFlow } from '../people/verification-flow.schema';
import { InformationRequest } from '../review/information-request.schema';
import { type Reason, ReviewCase } from '../review/review-case.schema';
import { SignInFlows } from '../sessions/sign-in-flows';
import { COPY } from '../privacy/privacy-request.schema';
import type { DeliveryQuery } from './resolve-delivery.dto';
import { timeZoneOf } from './time-zone';

/** Says at the moment of delivery where a message goes and what secret stands in it. Nothing of it is kept elsewhere. */
@Injectable()
export class ResolveDeliveryHandler {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    @InjectModel(InformationRequest.name) private readonly requests: Model<InformationRequest>,
    private readonly signIns: SignInFlows,
    private readonly consents: Consents,
    private readonly regions: Regions,
    private readonly status: StatusToken,
    private readonly derivation: Derivation,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async execute(contactId: string, query: DeliveryQuery) {
    const person = await this.people.findOne({ ...mayBeWritten(query), 'contacts._id': contactId }).lean<Person>();
    const contact = person?.contacts.find(({ _id }) => _id === contactId);
    const cooperative = person && (await this.cooperatives.findById(person.cooperativeId).lean<Cooperative>());
    if (!person || !contact || !cooperative) throw notFound();
    return {
      contactId,
      personId: person._id,
      cooperativeId: cooperative._id,
      channel: contact.channel,
      address: contact.address,
      language: person.language,
      name: person.name,
      cooperativeName: cooperative.name,
      verified: !!contact.verifiedAt,
      timeZone: timeZoneOf(this.regions, cooperative.regionCode),
      consents: await this.consents.on(person._id, contact.channel),
      // For readers of before the consents had purposes.
      consented: contact.consented || query.purpose === 'verification',
      ...(await this.meansOf(contact, cooperative, query)),
      ...(query.purpose === 'decision' && { reasons: await this.reasonsOf(cooperative._id, query) }),
      ...(query.purpose === 'information' && (await this.questionOf(cooperative._id, query))),
    };
  }

  /** Verified contacts of a cooperative; nobody who only claims it. */
  async contactsOf(cooperativeId: string, verifiedOnly: boolean) {
    const people = await this.people.find({ ...IN_USE, cooperativeId, claimId: null }).lean<Person[]>();
    const entries = await this.consents.ofAll(people.map(({ _id }) => _id));
    const items = people.flatMap(({ _id: personId, contacts, language }) =>
      contacts
        .filter(({ verifiedAt }) => verifiedAt || !verifiedOnly)
        .map(({ _id, channel, consented }) => {
          const consents = agreedOn(
            entries.filter((entry) => entry.personId === personId),
            channel,
          );
          return { contactId: _id, personId, channel, language, consented, consents };
        }),
    );
    return { items };
  }

  /** What opens something: a code, the link of a confirmation, or that of the status page; each only where it was asked for. */
  private async meansOf(contact: ContactPoint, cooperative: Cooperative, query: DeliveryQuery) {
    if (query.purpose === 'verification') return this.secretOf(contact, query);
    if (query.purpose === 'privacy_copy') return this.copyOf(query);
    if (query.purpose !== 'sign_in') return this.linkOf(cooperative);
    const secret = await this.signIns.secretOf(query.flowId, contact.addressHash, query.sendNumber);
    if (!secret) throw notFound();
    return secret;
  }

  /** The code of a flow, or the link whose page confirms; a flow that ended is said to be expired. */
  private async secretOf({ _id, channel }: ContactPoint, { flowId, sendNumber }: DeliveryQuery) {
    const flow = flowId ? await this.flows.findOne({ _id: flowId, contactId: _id }).lean<VerificationFlow>() : null;
    if (!flow) throw notFound();
    const send = sendNumber ?? flow.sendNumber;
    const expired = flow.state !== 'open' || flow.expiresAt <= this.clock.now();
    const until = { expired, expiresAt: flow.expiresAt.toISOString() };
    if (channel === 'whatsapp') return { code: this.derivation.code(VERIFICATION, flow._id, send), ...until };
    const token = encodeURIComponent(this.derivation.token(VERIFICATION, flow._id, send));
    return { link: `${this.config.publicUrl}/v1/verifications/${flow._id}?token=${token}`, ...until };
  }

  /** The page from which a copy of one's own data is fetched, once; the flow is the request. */
  private copyOf({ flowId = '' }: DeliveryQuery) {
    const token = encodeURIComponent(this.derivation.token(COPY, flowId));
    return { link: `${this.config.publicUrl}/v1/privacy-requests/${flowId}/copy?token=${token}` };
  }

  private linkOf(cooperative: Cooperative) {
    const statusToken = this.status.of(cooperative);
    return {
      statusUrl: `${this.config.publicUrl}/v1/cooperatives/${cooperative._id}/status?token=${encodeURIComponent(statusToken)}`,
      expired: false,
    };
  }

  /** What an officer wants to know; once it is answered or the case has ended it is asked no more. */
  private async questionOf(cooperativeId: string, { informationRequestId }: DeliveryQuery) {
    const request = await this.requests
      .findOne({ _id: informationRequestId, cooperativeId })
      .lean<InformationRequest>();
    const found = request && (await this.cases.findById(request.reviewCaseId).lean<ReviewCase>());
    if (!found) throw notFound();
    return { reasons: request.reasons.map(asSaid), expired: !!request.answeredAt || found.state !== 'open' };
  }

  /** Why the case of the fact was decided so; without a case the last decision, and never what a withdrawal ended. */
  private async reasonsOf(cooperativeId: string, { reviewCaseId }: DeliveryQuery) {
    const state = { $in: ['approved' as const, 'rejected' as const] };
    const decided = { ...(reviewCaseId && { _id: reviewCaseId }), cooperativeId, kind: 'application' as const, state };
    const [last] = await this.cases.find(decided).sort({ decidedAt: -1 }).limit(1).lean<ReviewCase[]>();
    return (last?.reasons ?? []).map(asSaid);
  }
}

function asSaid({ requirement, code, note }: Reason) {
  return { requirement, code, note: note ?? null };
}

/** Who asked to be left alone still gets what they asked for themselves. */
function mayBeWritten({ purpose }: DeliveryQuery) {
  return purpose === 'privacy_copy' ? {} : IN_USE;
}
