import { RequirementDueSetV1, RequirementSatisfiedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Courses } from '../course/courses';

/** A cooperative is reminded of what is asked of it, and its offices after it, until it is satisfied. */
@EventConsumer('remind-of-requirement')
export class RemindOfRequirementConsumer {
  constructor(private readonly courses: Courses) {}

  @OnEvent(RequirementDueSetV1, RequirementSatisfiedV1)
  async on(
    event: RequirementDueSetV1 | RequirementSatisfiedV1,
    { id, sequence, session }: EventContext,
  ): Promise<void> {
    const about = { subject: event.requirementId, sequence };
    if (!('dueOn' in event)) return this.courses.stop('requirement_reminders', about, session);
    const { requirement, dueOn, cooperativeId, regionCode } = event;
    const beginning = { event: id, cooperativeId, regionCode, anchor: dueOn, details: { requirement, dueOn } };
    await this.courses.begin('requirement_reminders', about, beginning, session);
  }
}
