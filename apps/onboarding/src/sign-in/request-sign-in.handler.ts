import {
  fieldError,
  IdempotencyKeys,
  Jobs,
  Mongo,
  notFound,
  RateLimits,
  rateLimited,
  refusal,
  Tokens,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { ContactBook } from '../people/contact-book';
import { contactMissing } from '../people/contact.templates';
import { addressesOf } from '../people/contact-details';
import { publicFlow } from '../people/verification-flow.schema';
import { signInUnavailable } from '../problems.templates';
import { SignInFlows } from '../sessions/sign-in-flows';
import type { SignInDto } from './sign-in.dto';
import { oneAddress } from './sign-in.templates';

/** So many codes to one address, as of a contact that is verified; counted in Redis at once for all, and in MongoDB for good. */
const CODES = { points: 6, seconds: 3_600 };

/** Takes in that somebody wants to sign in. Nobody is looked up: neither the answer nor its time tells who is known. */
@Injectable()
export class RequestSignInHandler {
  constructor(
    private readonly mongo: Mongo,
    private readonly flows: SignInFlows,
    private readonly book: ContactBook,
    private readonly limits: RateLimits,
    private readonly tokens: Tokens,
    private readonly idempotency: IdempotencyKeys,
    private readonly jobs: Jobs,
  ) {}

  async begin(input: SignInDto) {
    if (!this.tokens.canIssue) throw signInUnavailable();
    const [target, other] = addressesOf(input);
    if (!target) throw refusal([fieldError('', contactMissing.code, contactMissing)]);
    if (other) throw refusal([fieldError('', oneAddress.code, oneAddress)]);
    const addressHash = this.book.hash(target.address);
    await this.limits.take('sign-in-codes', addressHash, CODES);
    const flow = await this.mongo.transaction(async (session) => {
      refuseWithin(await this.flows.wait(addressHash, session));
      const opened = await this.flows.open(addressHash, target.channel, session);
      await this.idempotency.record(publicFlow(opened), session);
      return opened;
    });
    return publicFlow(flow);
  }

  /** Sends once more: by the flow that lives, else by a new one whose id is answered. */
  async again(flowId: string) {
    const flow = await this.mongo.transaction(async (session) => {
      const named = await this.flows.find(flowId, session);
      if (!named) throw notFound();
      refuseWithin(await this.flows.wait(named.addressHash, session));
      return this.flows.sendAgain(named, session);
    });
    return publicFlow(flow);
  }
}

function refuseWithin(seconds: number): void {
  if (seconds > 0) throw rateLimited({ headers: { 'Retry-After': String(seconds) } });
}
