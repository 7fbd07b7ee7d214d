import { CooperativeFact } from './cooperative-fact';

/** The website of a cooperative was not there at three looks over seven days; `reason` says what the last one found. */
export class WebsiteWentDownV1 extends CooperativeFact {
  static readonly event = 'onboarding.website.went-down.v1';
}
