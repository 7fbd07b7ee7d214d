import { Caller, type CallerIdentity, Public, RateLimit, Roles } from '@idxcoop/platform';
import { Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { count, flag, id, instant, list, members, oneOf, orNull, text } from '../answer-shapes';
import { WEBSITE_STATES, WebsiteChecksQuery } from './show-website-check.dto';
import { ShowWebsiteCheckHandler } from './show-website-check.handler';

const finding = members({
  target: text,
  finalUrl: orNull(text),
  status: orNull(count),
  checkedAt: instant,
  isUp: flag,
  reason: orNull(text),
  redirects: count,
  digest: orNull(text),
});
const watch = {
  cooperativeId: id,
  target: text,
  state: oneOf(WEBSITE_STATES),
  since: orNull(instant),
  failures: count,
  failingSince: orNull(instant),
  latest: orNull(finding),
  nextCheckAt: instant,
};

@ApiTags('Onboarding')
@Controller('v1')
export class ShowWebsiteCheckController {
  constructor(private readonly handler: ShowWebsiteCheckHandler) {}

  /** What was last found at the cooperative's website, with the status token. */
  @Public()
  @RateLimit({ name: 'website-check', points: 300, seconds: 60, by: 'ip' })
  @ApiBearerAuth()
  @ApiOkResponse({ schema: members(watch) })
  @Get('cooperatives/:id/website-check')
  own(@Param('id') cooperativeId: string, @Headers('authorization') authorization?: string) {
    return this.handler.own(cooperativeId, authorization);
  }

  /** Has it looked at again, with the status token. */
  @Public()
  @RateLimit({ name: 'website-check-again', points: 6, seconds: 3_600, by: ({ params }) => String(params.id) })
  @ApiBearerAuth()
  @ApiAcceptedResponse({ schema: members(watch) })
  @HttpCode(202)
  @Post('cooperatives/:id/website-check')
  again(@Param('id') cooperativeId: string, @Headers('authorization') authorization?: string) {
    return this.handler.again(cooperativeId, authorization);
  }

  /** Websites of the caller's territory. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: members({ items: list(members(watch)), nextCursor: orNull(text) }) })
  @Get('website-checks')
  list(@Query() query: WebsiteChecksQuery, @Caller() caller: CallerIdentity) {
    return this.handler.list(query, caller);
  }

  /** One website with all that was found, the newest first. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: members({ ...watch, findings: list(finding) }) })
  @Get('website-checks/:cooperativeId')
  show(@Param('cooperativeId') cooperativeId: string, @Caller() caller: CallerIdentity) {
    return this.handler.show(cooperativeId, caller);
  }
}
