import { CooperativeFact } from './cooperative-fact';

/** An officer found that the cooperative does no business, since the effective day. It stays a member. */
export class CooperativeWentDormantV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.went-dormant.v1';
}
