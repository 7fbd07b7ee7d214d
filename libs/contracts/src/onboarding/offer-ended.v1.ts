import { IsUUID } from 'class-validator';
import { AppListingFact } from './app-listing-fact';

/** The last day of an offer has passed. */
export class OfferEndedV1 extends AppListingFact {
  static readonly event = 'onboarding.offer.ended.v1';
  @IsUUID() offerId!: string;
}
