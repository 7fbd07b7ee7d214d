import { Idempotent, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
import { SESSION_ANSWERS } from '../sessions/session-answers';
import { ConfirmSignInHandler } from './confirm-sign-in.handler';
import { RequestSignInHandler } from './request-sign-in.handler';
import { ConfirmSignInDto, SignInDto } from './sign-in.dto';

@ApiTags('Onboarding')
@Controller('v1/sign-ins')
export class SignInController {
  constructor(
    private readonly requests: RequestSignInHandler,
    private readonly confirmations: ConfirmSignInHandler,
  ) {}

  /** Sends a code to an address, where somebody has it: the answer is the same for all. */
  @Public()
  @RateLimit({ name: 'sign-ins', points: 60, seconds: 60, by: 'ip' })
  @Idempotent()
  @HttpCode(202)
  @ApiAcceptedResponse({ schema: ANSWERS.flow })
  @Post()
  begin(@Body() input: SignInDto) {
    return this.requests.begin(input);
  }

  /** Lets in by the code; where the address speaks for several it answers the choices, and the same code with one of them lets in. */
  @Public()
  @RateLimit({ name: 'sign-in-guesses', points: 120, seconds: 60, by: 'ip' })
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ schema: SESSION_ANSWERS.entered })
  @Post(':flowId')
  confirm(@Param('flowId') flowId: string, @Body() input: ConfirmSignInDto) {
    return this.confirmations.execute(flowId, input);
  }

  /** Sends the code again. */
  @Public()
  @RateLimit({ name: 'sign-in-resends', points: 60, seconds: 60, by: 'ip' })
  @HttpCode(202)
  @ApiAcceptedResponse({ schema: ANSWERS.flow })
  @Post(':flowId/resend')
  again(@Param('flowId') flowId: string) {
    return this.requests.again(flowId);
  }
}
