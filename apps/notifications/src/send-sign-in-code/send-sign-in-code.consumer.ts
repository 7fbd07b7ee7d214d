import { SignInRequestedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Messages } from '../message/messages';
import { settingsOf } from '../workflow/workflows';

/** Who wants to sign in gets a code where they are known. Each resend is a cause of its own. */
@EventConsumer('send-sign-in-code')
export class SendSignInCodeConsumer {
  constructor(private readonly messages: Messages) {}

  @OnEvent(SignInRequestedV1)
  async on(event: SignInRequestedV1, { id, time, session }: EventContext): Promise<void> {
    const { recipientKind, recipientId, channel, language, flowId, sendNumber } = event;
    await this.messages.plan(
      {
        cause: id,
        template: 'sign_in_code',
        channel,
        language,
        recipientKind,
        recipientId,
        details: { flowId, sendNumber },
        ...settingsOf('sign_in', time),
      },
      session,
    );
  }
}
