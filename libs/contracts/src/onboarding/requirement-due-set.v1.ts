import { Matches } from 'class-validator';
import { RequirementFact } from './requirement-fact';

/** Something is asked of a cooperative by a day, or the day was moved: the newest day replaces the one before. */
export class RequirementDueSetV1 extends RequirementFact {
  static readonly event = 'onboarding.requirement.due-set.v1';
  /** The last day on which it is in time, in the zone of the cooperative's region. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) dueOn!: string;
}
