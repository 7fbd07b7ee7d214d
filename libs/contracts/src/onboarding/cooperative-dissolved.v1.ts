import { CooperativeFact } from './cooperative-fact';

/** The legal entity ended on the effective day: from then on it counts no more, whatever is said of it later. */
export class CooperativeDissolvedV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.dissolved.v1';
}
