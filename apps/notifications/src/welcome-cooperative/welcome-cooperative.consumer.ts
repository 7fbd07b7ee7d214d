import { ContactVerifiedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Messages } from '../message/messages';
import { settingsOf, WORKFLOWS } from '../workflow/workflows';

/** A cooperative is welcomed once, by its first verified contact. */
@EventConsumer('welcome-cooperative')
export class WelcomeCooperativeConsumer {
  constructor(private readonly messages: Messages) {}

  @OnEvent(ContactVerifiedV1)
  async on(event: ContactVerifiedV1, { id, time, session }: EventContext): Promise<void> {
    if (!WORKFLOWS.welcome.when(event)) return;
    const { cooperativeId, contactId, channel, language, flowId } = event;
    await this.messages.plan(
      {
        cause: id,
        template: 'welcome',
        channel,
        language,
        cooperativeId,
        recipientKind: 'contact',
        recipientId: contactId,
        details: { flowId },
        ...settingsOf('welcome', time),
      },
      session,
    );
  }
}
