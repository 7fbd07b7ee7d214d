import { IsString, IsUUID, Matches } from 'class-validator';
import { DatedFact } from '../dated';

/** What every fact about a piece of evidence carries: which requirement it is for, never what the file is called. */
export abstract class EvidenceFact extends DatedFact {
  @IsUUID() evidenceId!: string;
  @IsUUID() cooperativeId!: string;
  /** Of the cooperative. */
  @Matches(/^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/) regionCode!: string;
  @Matches(/^[a-z][a-zA-Z0-9]{1,59}$/) requirement!: string;
  /** By whom: the subject of a token, or `applicant`. */
  @IsString() by!: string;
}
