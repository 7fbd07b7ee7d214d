import { PrivacyRequestFact } from './privacy-request-fact';

/** A person asked for their data, or somebody did in their name: they hear of it, so that nobody does it behind their back. */
export class PrivacyRequestReceivedV1 extends PrivacyRequestFact {
  static readonly event = 'onboarding.privacy-request.received.v1';
}
