import { IsOptional, Matches } from 'class-validator';
import { IsLine } from '../people/contact-details';

/** Why something is asked no more. */
export class WaiveRequirementDto {
  @Matches(/^[a-z][a-zA-Z0-9_]{0,59}$/) reason!: string;
  @IsOptional() @IsLine(0, 1_000) note?: string;
  /** The book year of a requirement that recurs; by default the first that is open. */
  @IsOptional() @Matches(/^\d{4}$/) period?: string;
}
