import { DuplicateFact } from './duplicate-fact';

/** The suspicion is over without a merger: an officer decided that they are two, or nothing speaks for it any more. */
export class DuplicateDismissedV1 extends DuplicateFact {
  static readonly event = 'onboarding.duplicate.dismissed.v1';
}
