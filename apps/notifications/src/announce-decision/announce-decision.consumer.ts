import { CooperativeRejectedV1, CooperativeVerifiedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Audiences } from '../audience/audiences';
import { settingsOf } from '../workflow/workflows';

/** The verified contacts of a cooperative are told what an officer decided. */
@EventConsumer('announce-decision')
export class AnnounceDecisionConsumer {
  constructor(private readonly audiences: Audiences) {}

  @OnEvent(CooperativeVerifiedV1, CooperativeRejectedV1)
  async on(
    event: CooperativeVerifiedV1 | CooperativeRejectedV1,
    { id, type, time, session }: EventContext,
  ): Promise<void> {
    const template = type === CooperativeVerifiedV1.event ? 'approval' : 'rejection';
    const reasonCodes = 'reasonCodes' in event ? event.reasonCodes : undefined;
    await this.audiences.plan(
      {
        cause: id,
        template,
        question: { of: 'cooperative', id: event.cooperativeId },
        cooperativeId: event.cooperativeId,
        details: {
          ...(event.reviewCaseId && { reviewCaseId: event.reviewCaseId }),
          ...(reasonCodes && { reasonCodes }),
        },
        ...settingsOf('decision', time),
      },
      session,
    );
  }
}
