import { CooperativeFact } from './cooperative-fact';

/** The website of a cooperative answers, for the first time or again. */
export class WebsiteCameUpV1 extends CooperativeFact {
  static readonly event = 'onboarding.website.came-up.v1';
}
