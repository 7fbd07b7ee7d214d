import { Caller, type CallerIdentity, Public, RateLimit, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SESSION_ANSWERS } from '../sessions/session-answers';
import { Sessions } from '../sessions/sessions';
import { RefreshDto, RevokeDto } from './keep-sessions.dto';
import { KeepSessionsHandler } from './keep-sessions.handler';

@ApiTags('Onboarding')
@Controller('v1/sessions')
export class KeepSessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly handler: KeepSessionsHandler,
  ) {}

  /** The sessions of the caller that are still on. */
  @Roles()
  @ApiOkResponse({ schema: SESSION_ANSWERS.sessions })
  @Get()
  list(@Caller() caller: CallerIdentity) {
    return this.handler.list(caller);
  }

  /** The next pair of tokens for the last refresh token; an older one ends the session. */
  @Public()
  @RateLimit({ name: 'session-refreshes', points: 300, seconds: 60, by: 'ip' })
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ schema: SESSION_ANSWERS.signedIn })
  @Post('refresh')
  refresh(@Body() { refreshToken }: RefreshDto) {
    return this.sessions.refresh(refreshToken);
  }

  /** Ends the session of a refresh token; with an access token this one, another of one's own, or all. */
  @Public()
  @RateLimit({ name: 'session-ends', points: 120, seconds: 60, by: 'ip' })
  @HttpCode(200)
  @ApiOkResponse({ schema: SESSION_ANSWERS.revoked })
  @Post('revoke')
  revoke(@Body() input: RevokeDto, @Caller() caller?: CallerIdentity) {
    return this.handler.revoke(input, caller);
  }
}
