import { Clock, notFound, ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditEntry } from '../audit/audit.schema';
import { viewEntry } from '../audit/entry-view';
import { Claim } from '../claims/claim.schema';
import { Cooperative } from '../cooperative/cooperative.schema';
import { consentText } from '../people/consent-texts';
import { Consents } from '../people/consents';
import { Person } from '../people/person.schema';
import { VerificationFlow } from '../people/verification-flow.schema';
import { PrivacyRequest, viewRequest } from '../privacy/privacy-request.schema';

/** Everything that is held about a person, the trail of its processing included (UU 27/2022, article 32). */
@Injectable()
export class PersonalCopy {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(Claim.name) private readonly claims: Model<Claim>,
    @InjectModel(PrivacyRequest.name) private readonly requests: Model<PrivacyRequest>,
    @InjectModel(AuditEntry.name) private readonly entries: Model<AuditEntry>,
    private readonly consents: Consents,
    private readonly services: ServiceClient,
    private readonly clock: Clock,
  ) {}

  async of(personId: string) {
    const person = await this.people.findById(personId).lean<Person>();
    if (!person) throw notFound();
    const { name, position, language, contacts, createdAt, restrictedAt, cooperativeId, claimId } = person;
    const now = this.clock.now();
    const cooperative = await this.cooperatives.findById(cooperativeId).lean<Cooperative>();
    const flows = await this.flows.find({ personId }).lean<VerificationFlow[]>();
    const claim = claimId ? await this.claims.findById(claimId).lean<Claim>() : null;
    const requests = await this.requests.find({ personId }).lean<PrivacyRequest[]>();
    const entries = await this.entries.find({ personId }).sort({ at: 1 }).lean<AuditEntry[]>();
    const recipientIds = contacts.map(({ _id }) => _id);
    const messages = await this.services.post<{ items: object[] }>('notifications', '/internal/messages/lookup', {
      recipientIds,
    });
    return {
      madeAt: now.toISOString(),
      person: { id: personId, name, position: position ?? null, language, since: createdAt.toISOString() },
      restrictedSince: restrictedAt?.toISOString() ?? null,
      contacts: contacts.map(({ _id: id, channel, address, consented, verifiedAt, sends }) => ({
        id,
        channel,
        address,
        consented,
        verifiedAt: verifiedAt?.toISOString() ?? null,
        writtenTo: sends.map((at) => at.toISOString()),
      })),
      cooperative: { id: cooperativeId, name: cooperative?.name ?? null },
      claim: claim && { id: claim._id, state: claim.state, createdAt: claim.createdAt.toISOString() },
      consents: (await this.consents.of(personId)).map(({ version, textHash, withdrawn, ...entry }) => ({
        version,
        digest: textHash ?? null,
        wording: consentText(version, language, textHash)?.wording ?? null,
        decision: withdrawn ? 'withdrawn' : 'given',
        purposes: entry.purposes,
        channels: entry.channels,
        source: entry.source,
        givenOn: entry.givenOn,
        recordedAt: entry.recordedAt.toISOString(),
      })),
      verifications: flows.map(({ _id: id, channel, state, createdAt: openedAt }) => ({
        id,
        channel,
        state,
        openedAt: openedAt.toISOString(),
      })),
      privacyRequests: requests.map((request) => viewRequest(request, now)),
      messages: messages.items,
      trail: entries.map(viewEntry),
    };
  }
}
