import { IsIn, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { DatedFact } from '../dated';

/** Who decides: the office of the regency, of the province, or the ministry. */
export const REVIEW_OFFICES = ['regency', 'province', 'ministry'] as const;
export type ReviewOffice = (typeof REVIEW_OFFICES)[number];

/** What every fact about a review case carries. The case is the aggregate: `sequence` puts its facts in order. */
export abstract class ReviewFact extends DatedFact {
  @IsUUID() reviewCaseId!: string;
  @IsUUID() cooperativeId!: string;
  /** Of the cooperative. */
  @Matches(/^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/) regionCode!: string;
  /** Whose turn it is. */
  @IsIn(REVIEW_OFFICES) office!: ReviewOffice;
  /** The territory of that office: `12.71`, `12`, `ID`. */
  @Matches(/^(ID|\d{2}(\.\d{2})?)$/) officeCode!: string;
  /** Why, as a stable code. */
  @Matches(/^[a-z][a-z0-9_]{1,59}$/) reason!: string;
  /** By whom: the subject of a token, `applicant`, or `system`. */
  @IsString() by!: string;
}

/** Codes of what an officer may object to or ask about; another code is allowed and said in general. */
export const REASON_CODES = [
  'missing',
  'incomplete',
  'unreadable',
  'expired',
  'not_found',
  'mismatch',
  'not_eligible',
  'suspected_false',
  'other',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** An official's id where there is one. */
export abstract class AssignableReviewFact extends ReviewFact {
  @IsOptional() @IsUUID() officialId?: string;
}
