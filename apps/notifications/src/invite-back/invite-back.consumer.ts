import { CooperativeBecameActiveV1, CooperativeWentSilentV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Courses } from '../course/courses';

/** A cooperative that fell silent is invited back, and once more after a month, unless it is active again. */
@EventConsumer('invite-back')
export class InviteBackConsumer {
  constructor(private readonly courses: Courses) {}

  @OnEvent(CooperativeWentSilentV1, CooperativeBecameActiveV1)
  async on(
    { cooperativeId, regionCode }: CooperativeWentSilentV1 | CooperativeBecameActiveV1,
    { id, type, sequence, session }: EventContext,
  ): Promise<void> {
    const about = { subject: cooperativeId, sequence };
    if (type === CooperativeBecameActiveV1.event) return this.courses.stop('reactivation', about, session);
    await this.courses.begin('reactivation', about, { event: id, cooperativeId, regionCode }, session);
  }
}
