import { CooperativeFact } from './cooperative-fact';

/** The cooperative took its registration back. */
export class CooperativeWithdrawnV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.withdrawn.v1';
}
