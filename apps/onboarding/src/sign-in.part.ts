import { KeepSessionsController } from './keep-sessions/keep-sessions.controller';
import { KeepSessionsHandler } from './keep-sessions/keep-sessions.handler';
import { PublishKeysController } from './publish-keys/publish-keys.controller';
import { RefreshTokens } from './sessions/refresh-tokens';
import { Session, SessionSchema } from './sessions/session.schema';
import { Sessions } from './sessions/sessions';
import { SignInFlow, SignInFlowSchema } from './sessions/sign-in-flow.schema';
import { SignInFlows } from './sessions/sign-in-flows';
import { Subjects } from './sessions/subjects';
import { ConfirmSignInHandler } from './sign-in/confirm-sign-in.handler';
import { RequestSignInHandler } from './sign-in/request-sign-in.handler';
import { SendSignInCodeJob } from './sign-in/send-sign-in-code.job';
import { SignInController } from './sign-in/sign-in.controller';

/** Sign-in without a password, and the sessions that follow. */
export const SIGN_IN = {
  models: [
    { name: Session.name, schema: SessionSchema },
    { name: SignInFlow.name, schema: SignInFlowSchema },
  ],
  controllers: [SignInController, KeepSessionsController, PublishKeysController],
  providers: [
    Subjects,
    RefreshTokens,
    Sessions,
    SignInFlows,
    RequestSignInHandler,
    ConfirmSignInHandler,
    SendSignInCodeJob,
    KeepSessionsHandler,
  ],
};
