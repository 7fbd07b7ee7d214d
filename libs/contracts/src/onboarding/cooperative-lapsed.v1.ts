import { CooperativeFact } from './cooperative-fact';

/** A self-made sign-up verified no contact within its time. */
export class CooperativeLapsedV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.lapsed.v1';
}
