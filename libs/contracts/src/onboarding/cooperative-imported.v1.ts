import { IsBoolean, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';

/** An import created a cooperative or added dates to it. `effectiveOn` is the earliest of its dates, else the day of the import. */
export class CooperativeImportedV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.imported.v1';
  /** A revert of this import retracts the fact. */
  @IsUUID() importId!: string;
  @IsIn(['draft', 'verified']) registration!: 'draft' | 'verified';
  /** False where the row only added dates or blanks to a cooperative that was there. */
  @IsBoolean() created!: boolean;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) declaredReadyOn?: string;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) verifiedOn?: string;
  /** The row carried `known_at`: nobody is written to about it. */
  @IsBoolean() historical!: boolean;
}
