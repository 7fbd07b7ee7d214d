import { Outbox } from '@idxcoop/messaging';
import {
  type CallerIdentity,
  Cipher,
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
import { StatusToken } from '../cooperative/status-token';
import { Person } from '../people/person.schema';
import { dueOf } from '../privacy/clocks';
import { Fulfilment, reachable } from '../privacy/fulfilment';
import { PrivacyRequest, type PrivacyRequestDocument, viewRequest } from '../privacy/privacy-request.schema';
import { requestOpen } from '../privacy/privacy.templates';
import { contactNotVerified } from '../problems.templates';
import type { AskPrivacyRequestDto } from './ask-privacy-request.dto';

/** What harms nobody is done at once for the person: to be left alone, and to take back what they agreed to. */
const AT_ONCE = ['restriction', 'withdraw_consent'];

/** Takes a request in. It is due from this moment on. */
@Injectable()
export class AskPrivacyRequestHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(PrivacyRequest.name) private readonly requests: Model<PrivacyRequest>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly status: StatusToken,
    private readonly fulfilment: Fulfilment,
    private readonly idempotency: IdempotencyKeys,
    private readonly limits: RateLimits,
    private readonly cipher: Cipher,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(input: AskPrivacyRequestDto, authorization: string | undefined, caller?: CallerIdentity) {
    const { changes } = input;
    if (input.kind === 'correction' && !Object.values(changes ?? {}).some((value) => value !== undefined))
      throw refusal([fieldError('/changes', 'required')]);
    const onBehalf = caller?.has('privacy_officer') ?? false;
    if (!onBehalf) {
      if (!input.cooperativeId) throw refusal([fieldError('/cooperativeId', 'required')]);
      await this.status.open(input.cooperativeId, authorization);
      await this.limits.take('privacy-requests', input.cooperativeId, { points: 20, seconds: 86_400 });
    }
    return this.mongo.transaction((session) => this.take(input, onBehalf, authorization, caller, session));
  }

  private async take(
    input: AskPrivacyRequestDto,
    onBehalf: boolean,
    authorization: string | undefined,
    caller: CallerIdentity | undefined,
    session: ClientSession,
  ) {
    const { kind, purposes, channels, changes } = input;
    const at = this.clock.now();
    const person = onBehalf
      ? await this.named(input.personId, session)
      : await this.asking(input.cooperativeId as string, authorization, caller, session);
    const open = await this.requests.findOne({ personId: person._id, kind, state: 'open' }).session(session);
    if (open) throw requestOpen({ request: `/v1/privacy-requests/${open.id}` });
    const by = onBehalf ? (caller as CallerIdentity).subject : 'person';
    const request: PrivacyRequestDocument = new this.requests({
      _id: newId(),
      kind,
      personId: person._id,
      cooperativeId: person.cooperativeId,
      askedBy: by,
      ...(!onBehalf && { identity: { check: 'status_token', by, at } }),
      receivedAt: at,
      ...dueOf(kind, at),
      ...(kind === 'withdraw_consent' && { purposes, channels }),
      ...(kind === 'correction' && { changes: this.cipher.encrypt(JSON.stringify(changes)) }),
    });
    await this.fulfilment.remember(request, 'privacy_request.received', by, session);
    if (!onBehalf && AT_ONCE.includes(kind)) await this.fulfilment.fulfil(request, by, session);
    else await this.wait(request, person, at, session);
    const answer = viewRequest(request, at);
    await this.idempotency.record(answer, session);
    return answer;
  }

  /** A request in somebody's name is told to them, so that nobody makes it behind their back. */
  private async wait(request: PrivacyRequestDocument, person: Person, at: Date, session: ClientSession) {
    const contact = reachable(person);
    if (contact && !person.restrictedAt) await this.outbox.add(request, request.received(person, contact, at), session);
    await request.save({ session });
  }

  private async named(personId: string | undefined, session: ClientSession): Promise<Person> {
    if (!personId) throw refusal([fieldError('/personId', 'required')]);
    const person = await this.people.findById(personId).session(session).lean<Person>();
    if (!person) throw notFound();
    return person;
  }

  /** Who has signed in, else whoever of the cooperative has verified a contact last. */
  private async asking(
    cooperativeId: string,
    authorization: string | undefined,
    caller: CallerIdentity | undefined,
    session: ClientSession,
  ): Promise<Person> {
    await this.status.open(cooperativeId, authorization, session);
    const people = await this.people.find({ cooperativeId, claimId: null }).session(session).lean<Person[]>();
    const own = people.find(({ _id }) => _id === caller?.subject);
    const verifiedAt = (person: Person) => reachable(person)?.verifiedAt?.getTime() ?? 0;
    const [last] = people.filter(reachable).sort((a, b) => verifiedAt(b) - verifiedAt(a));
    const person = own ?? last;
    if (!person) throw contactNotVerified();
    return person;
  }
}
