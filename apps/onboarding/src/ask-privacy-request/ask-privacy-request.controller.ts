import { Caller, type CallerIdentity, Idempotent, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { PRIVACY_ANSWERS } from '../privacy/privacy-answers';
import { AskPrivacyRequestDto } from './ask-privacy-request.dto';
import { AskPrivacyRequestHandler } from './ask-privacy-request.handler';

type Asked = Awaited<ReturnType<AskPrivacyRequestHandler['execute']>>;

@ApiTags('Privacy')
@ApiBearerAuth()
@Controller('v1/privacy-requests')
export class AskPrivacyRequestController {
  constructor(private readonly handler: AskPrivacyRequestHandler) {}

  /**
   * Asks for one's own data, with the status token or the access token of the cooperative; or, as privacy officer, for a person.
   * A withdrawal of consent and a restriction by the person hold at once.
   */
  @Public()
  @RateLimit({ name: 'privacy-requests', points: 60, seconds: 60, by: 'ip' })
  @Idempotent({ location: ({ id }: Asked) => `/v1/privacy-requests/${id}` })
  @ApiCreatedResponse({ schema: PRIVACY_ANSWERS.privacyRequest })
  @Post()
  ask(
    @Body() input: AskPrivacyRequestDto,
    @Headers('authorization') authorization: string | undefined,
    @Caller() caller?: CallerIdentity,
  ): Promise<Asked> {
    return this.handler.execute(input, authorization, caller);
  }
}
