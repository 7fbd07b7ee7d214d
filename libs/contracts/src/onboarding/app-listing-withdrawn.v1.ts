import { Matches } from 'class-validator';
import { AppListingFact } from './app-listing-fact';

/** A listing is to be seen no more. */
export class AppListingWithdrawnV1 extends AppListingFact {
  static readonly event = 'onboarding.app-listing.withdrawn.v1';
  /** Why, as a stable code. */
  @Matches(/^[a-z][a-zA-Z0-9_]{0,59}$/) reasonCode!: string;
}
