import { CooperativeFact } from './cooperative-fact';

/** A cooperative that was silent, or had never been active, did something. */
export class CooperativeBecameActiveV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.became-active.v1';
}
