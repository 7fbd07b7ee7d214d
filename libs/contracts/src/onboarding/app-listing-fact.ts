import { IsUUID } from 'class-validator';
import { DatedFact } from '../dated';

/** What every fact about a listing of an application carries: ids only. The listing is the aggregate. */
export abstract class AppListingFact extends DatedFact {
  @IsUUID() listingId!: string;
  @IsUUID() partnerId!: string;
}
