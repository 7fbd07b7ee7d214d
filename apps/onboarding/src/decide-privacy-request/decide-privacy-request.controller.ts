import { Caller, type CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PRIVACY_ANSWERS } from '../privacy/privacy-answers';
import { IdentityDto, PrivacyDecisionDto, PrivacyRequestsQuery } from './decide-privacy-request.dto';
import { DecidePrivacyRequestHandler } from './decide-privacy-request.handler';
import { ListPrivacyRequestsHandler } from './list-privacy-requests.handler';

@ApiTags('Privacy')
@ApiBearerAuth()
@Controller('v1/privacy-requests')
export class DecidePrivacyRequestController {
  constructor(
    private readonly queue: ListPrivacyRequestsHandler,
    private readonly handler: DecidePrivacyRequestHandler,
  ) {}

  /** What is due first comes first. */
  @Roles('privacy_officer')
  @ApiOkResponse({ schema: PRIVACY_ANSWERS.privacyRequests })
  @Get()
  list(@Query() query: PrivacyRequestsQuery) {
    return this.queue.execute(query);
  }

  /** A request, with what is to be corrected; the reading is remembered. */
  @Roles('privacy_officer')
  @ApiOkResponse({ schema: PRIVACY_ANSWERS.shownPrivacyRequest })
  @Get(':id')
  show(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return this.handler.show(id, caller);
  }

  /** That the officer made sure who asks, and how. */
  @Roles('privacy_officer')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: PRIVACY_ANSWERS.privacyRequest })
  @Post(':id/identity')
  check(@Param('id') id: string, @Body() input: IdentityDto, @Caller() caller: CallerIdentity) {
    return this.handler.check(id, input, caller);
  }

  /** Fulfils or refuses. A copy is handed out by a link to a verified contact of the person, never here. */
  @Roles('privacy_officer')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: PRIVACY_ANSWERS.privacyRequest })
  @Post(':id/decision')
  decide(@Param('id') id: string, @Body() input: PrivacyDecisionDto, @Caller() caller: CallerIdentity) {
    return this.handler.decide(id, input, caller);
  }

  /** Ends a restriction. */
  @Roles('privacy_officer')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: PRIVACY_ANSWERS.privacyRequest })
  @Post(':id/lift')
  lift(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return this.handler.lift(id, caller);
  }
}
