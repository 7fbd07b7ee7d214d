import { StatusLinkRequestedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Messages } from '../message/messages';
import { settingsOf } from '../workflow/workflows';

/** Who lost the way to the status page is sent a new one. */
@EventConsumer('send-status-link')
export class SendStatusLinkConsumer {
  constructor(private readonly messages: Messages) {}

  @OnEvent(StatusLinkRequestedV1)
  async on(event: StatusLinkRequestedV1, { id, time, session }: EventContext): Promise<void> {
    const { cooperativeId, contactId, channel, language, sendNumber } = event;
    await this.messages.plan(
      {
        cause: id,
        template: 'status_link',
        channel,
        language,
        cooperativeId,
        recipientKind: 'contact',
        recipientId: contactId,
        details: { sendNumber },
        ...settingsOf('status_link', time),
      },
      session,
    );
  }
}
