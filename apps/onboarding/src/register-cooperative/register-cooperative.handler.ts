import { Outbox } from '@idxcoop/messaging';
import {
  type CallerIdentity,
  Clock,
  IdempotencyKeys,
  isDuplicate,
  Jobs,
  Mongo,
  newId,
  RateLimits,
  Regions,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, stage } from '../cooperative/cooperative.schema';
import { HardKeys } from '../cooperative/hard-key.schema';
import { refuseUnknownRegion } from '../cooperative/region.templates';
import { FIND_DUPLICATES_QUEUE, matchWakeup } from '../duplicates/match-wakeup';
import { Survivors } from '../duplicates/survivors';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { publicFlow } from '../people/verification-flow.schema';
import type { RegisterCooperativeDto } from './register-cooperative.dto';

/** The answer without its token, which is derived and never stored. */
export type Registered = Awaited<ReturnType<RegisterCooperativeHandler['execute']>>;

@Injectable()
export class RegisterCooperativeHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly hardKeys: HardKeys,
    private readonly book: ContactBook,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly regions: Regions,
    private readonly limits: RateLimits,
    private readonly idempotency: IdempotencyKeys,
    private readonly jobs: Jobs,
    private readonly survivors: Survivors,
  ) {}

  async execute(input: RegisterCooperativeDto, caller?: CallerIdentity) {
    const regionCode = this.regions.resolve(input.regionCode) ?? refuseUnknownRegion('/regionCode');
    for (const { address } of addressesOf(input.contact)) {
      await this.limits.take('sign-ups-per-contact', address, { points: 5, seconds: 3_600 });
    }
    await this.book.refuseTooMany(addressesOf(input.contact), this.clock.now());
    try {
      return await this.mongo.transaction((session) => this.register({ ...input, regionCode }, caller, session));
    } catch (error) {
      if (isDuplicate(error)) await this.survivors.refuseTaken(input.hardKeys());
      throw error;
    }
  }

  private async register(
    input: Omit<RegisterCooperativeDto, 'hardKeys'>,
    caller: CallerIdentity | undefined,
    session: ClientSession,
  ) {
    const { contact, consent, ...organisation } = input;
    const at = this.clock.now();
    const cooperative = new this.cooperatives({
      ...organisation,
      _id: newId(),
      origin: caller?.has('assistant', 'officer', 'verifier') ? 'assisted' : 'self',
      registration: 'draft',
      registrationHistory: [stage('draft', { at })],
      entityHistory: [stage('active', { at })],
      createdAt: at,
    });
    cooperative.holdKeys();
    await this.hardKeys.take([cooperative], session);
    await this.outbox.add(cooperative, cooperative.registered(at), session);
    const person = { cooperativeId: cooperative.id, ...contact, addresses: addressesOf(contact), consent };
    const flows = await this.book.add(cooperative, person, at, session);
    await cooperative.save({ session });
    this.mongo.afterCommit(session, () => void this.jobs.wake(FIND_DUPLICATES_QUEUE, matchWakeup(cooperative)));
    const answer = {
      id: cooperative.id,
      registration: cooperative.registration,
      statusUrl: `/v1/cooperatives/${cooperative.id}/status`,
      verifications: flows.map(publicFlow),
    };
    await this.idempotency.record(answer, session, { location: `/v1/cooperatives/${cooperative.id}` });
    return answer;
  }
}
