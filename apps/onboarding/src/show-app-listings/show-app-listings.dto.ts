import { COOPERATIVE_TYPES, type CooperativeType, LISTING_PROOFS, type ListingProof } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { IsIn, IsOptional } from 'class-validator';
import { PROOF_STANDINGS, type ProofStanding } from '../app-listings/standing';

export class ListingsQuery extends PageQuery {
  /** Made for this type of cooperative, or for all. */
  @IsOptional() @IsIn(COOPERATIVE_TYPES) type?: CooperativeType;
  /** Which proof `proofState` is about; without it any one. */
  @IsOptional() @IsIn(LISTING_PROOFS) proof?: ListingProof;
  @IsOptional() @IsIn(PROOF_STANDINGS) proofState?: ProofStanding;
}
