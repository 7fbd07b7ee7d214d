import { IsIn, IsInt, IsUUID, Matches, Min } from 'class-validator';
import { DatedFact } from '../dated';

export const READINESS_DIMENSIONS = [
  'governance',
  'records',
  'people',
  'connectivity',
  'member_services',
  'market_finance',
] as const;
export type ReadinessDimension = (typeof READINESS_DIMENSIONS)[number];

/** A library item answers a gap that the readiness assessment of a cooperative found. */
export class LibraryItemRecommendedV1 extends DatedFact {
  static readonly event = 'content-indexing.library-item.recommended.v1';
  @IsUUID() cooperativeId!: string;
  /** Of the cooperative. */
  @Matches(/^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/) regionCode!: string;
  @IsUUID() itemId!: string;
  @IsInt() @Min(1) revision!: number;
  /** Where the gap is. */
  @IsIn(READINESS_DIMENSIONS) dimension!: ReadinessDimension;
}
