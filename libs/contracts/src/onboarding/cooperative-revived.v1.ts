import { CooperativeFact } from './cooperative-fact';

/** A dormant cooperative does business again. */
export class CooperativeRevivedV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.revived.v1';
}
