import { ReviewPausedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Audiences } from '../audience/audiences';
import { settingsOf } from '../workflow/workflows';

/** The verified contacts of a cooperative are told what an officer wants to know; until they answer, nobody decides. */
@EventConsumer('ask-for-information')
export class AskForInformationConsumer {
  constructor(private readonly audiences: Audiences) {}

  @OnEvent(ReviewPausedV1)
  async on(event: ReviewPausedV1, { id, time, session }: EventContext): Promise<void> {
    const { cooperativeId, informationRequestId, reasonCodes } = event;
    await this.audiences.plan(
      {
        cause: id,
        template: 'information_request',
        question: { of: 'cooperative', id: cooperativeId },
        cooperativeId,
        details: { informationRequestId, reasonCodes },
        ...settingsOf('information_request', time),
      },
      session,
    );
  }
}
