import { IsIn, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { DatedFact } from '../dated';

export const COOPERATIVE_TYPES = ['consumer', 'producer', 'savings_loan', 'marketing', 'service'] as const;
export type CooperativeType = (typeof COOPERATIVE_TYPES)[number];

export const COOPERATIVE_FORMS = ['primary', 'secondary'] as const;
export type CooperativeForm = (typeof COOPERATIVE_FORMS)[number];

/** What every fact about a cooperative carries, so that a listener can count it without asking. */
export abstract class CooperativeFact extends DatedFact {
  @IsUUID() cooperativeId!: string;
  @IsIn(COOPERATIVE_TYPES) type!: CooperativeType;
  @IsIn(COOPERATIVE_FORMS) form!: CooperativeForm;
  /** Village, district, regency or province of the Ministry of Home Affairs, as given: `12.71.05.1003`. */
  @Matches(/^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/) regionCode!: string;
  /** Why, as a stable code. */
  @IsOptional() @IsString() reason?: string;
}
