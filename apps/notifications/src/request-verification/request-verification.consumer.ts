import { VerificationRequestedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Messages } from '../message/messages';
import { settingsOf } from '../workflow/workflows';

/** A contact that has to be verified is sent a link by e-mail or a code by WhatsApp. Each resend is a cause of its own. */
@EventConsumer('request-verification')
export class RequestVerificationConsumer {
  constructor(private readonly messages: Messages) {}

  @OnEvent(VerificationRequestedV1)
  async on(event: VerificationRequestedV1, { id, time, session }: EventContext): Promise<void> {
    const { cooperativeId, contactId, channel, language, flowId, sendNumber, imported } = event;
    await this.messages.plan(
      {
        cause: id,
        template: 'verification',
        channel,
        language,
        cooperativeId,
        recipientKind: 'contact',
        recipientId: contactId,
        details: { flowId, sendNumber },
        ...settingsOf(imported ? 'import_confirmation' : 'verification', time),
      },
      session,
    );
  }
}
