import { AppListingFact } from './app-listing-fact';

/** A reviewer approved the listing of an application: everybody can see it. */
export class AppListingPublishedV1 extends AppListingFact {
  static readonly event = 'onboarding.app-listing.published.v1';
}
