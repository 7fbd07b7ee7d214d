import { IsUUID, Matches } from 'class-validator';
import { DatedFact } from '../dated';

/** What every fact about a requirement carries. The requirement is the aggregate: `sequence` puts its facts in order. */
export abstract class RequirementFact extends DatedFact {
  @IsUUID() requirementId!: string;
  @IsUUID() cooperativeId!: string;
  /** Its type: `annual_meeting`. */
  @Matches(/^[a-z][a-z0-9_]{1,59}$/) requirement!: string;
  /** Of the cooperative, for its offices and its time of day. */
  @Matches(/^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/) regionCode!: string;
}
