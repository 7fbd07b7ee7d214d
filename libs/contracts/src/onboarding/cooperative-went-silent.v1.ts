import { CooperativeFact } from './cooperative-fact';

/** Nothing was heard of a cooperative for more than 90 days; `effectiveOn` is the first day of its silence. */
export class CooperativeWentSilentV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.went-silent.v1';
}
