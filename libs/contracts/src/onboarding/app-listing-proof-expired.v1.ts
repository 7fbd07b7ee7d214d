import { IsIn } from 'class-validator';
import { AppListingFact } from './app-listing-fact';

export const LISTING_PROOFS = ['pse', 'iso27001'] as const;
export type ListingProof = (typeof LISTING_PROOFS)[number];

/** The last day of a proof that was accepted has passed. */
export class AppListingProofExpiredV1 extends AppListingFact {
  static readonly event = 'onboarding.app-listing.proof-expired.v1';
  @IsIn(LISTING_PROOFS) proof!: ListingProof;
}
