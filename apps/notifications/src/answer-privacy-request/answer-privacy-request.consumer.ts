import { PrivacyRequestAnsweredV1, PrivacyRequestReceivedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Messages } from '../message/messages';
import { settingsOf } from '../workflow/workflows';

/** Who asked about their own data hears how it stands; a copy comes by a link of its own. */
@EventConsumer('answer-privacy-request')
export class AnswerPrivacyRequestConsumer {
  constructor(private readonly messages: Messages) {}

  @OnEvent(PrivacyRequestReceivedV1, PrivacyRequestAnsweredV1)
  async on(
    event: PrivacyRequestReceivedV1 | PrivacyRequestAnsweredV1,
    { id, time, session }: EventContext,
  ): Promise<void> {
    const { requestId, cooperativeId, contactId, channel, language, kind } = event;
    const outcome = 'outcome' in event ? event.outcome : 'received';
    const isCopy = kind === 'access' && outcome === 'fulfilled';
    await this.messages.plan(
      {
        cause: id,
        template: isCopy ? 'privacy_copy' : 'privacy_notice',
        channel,
        language,
        cooperativeId,
        recipientKind: 'contact',
        recipientId: contactId,
        // Onboarding makes the link at delivery from the request's id.
        details: { privacyKind: kind, privacyOutcome: outcome, ...(isCopy && { flowId: requestId }) },
        ...settingsOf('privacy_request', time),
      },
      session,
    );
  }
}
