import { REASON_CODES } from '@idxcoop/contracts';
import { Caller, type CallerIdentity, Idempotent, languageOf, Roles, say } from '@idxcoop/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
import { REASON_TEXTS } from '../review/reason-codes.templates';
import { REVIEW_ANSWERS } from '../review/review-answers';
import { DecideApplicationHandler } from './decide-application.handler';
import { ListReviewCasesHandler } from './list-review-cases.handler';
import { DecisionDto, ReviewCasesQuery } from './review-application.dto';

@ApiTags('Onboarding')
@ApiBearerAuth()
@Controller('v1/review-cases')
export class ReviewApplicationController {
  constructor(
    private readonly queue: ListReviewCasesHandler,
    private readonly decisions: DecideApplicationHandler,
  ) {}

  /** The cases of the caller's territory, the oldest first. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: ANSWERS.reviewCases })
  @Get()
  list(@Query() query: ReviewCasesQuery, @Caller() caller: CallerIdentity) {
    return this.queue.execute(query, caller);
  }

  /** What officers may object to, in the language of the request. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: REVIEW_ANSWERS.reasonCodes })
  @Get('reason-codes')
  reasonCodes(@Headers('accept-language') language?: string) {
    return { items: REASON_CODES.map((code) => ({ code, text: say(REASON_TEXTS[code], languageOf(language)) })) };
  }

  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: ANSWERS.reviewCase })
  @Get(':id')
  show(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return this.queue.one(id, caller);
  }

  /** Approves, or rejects with reasons. */
  @Roles('officer', 'verifier')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: ANSWERS.reviewCase })
  @Post(':id/decision')
  decide(@Param('id') id: string, @Body() input: DecisionDto, @Caller() caller: CallerIdentity) {
    return this.decisions.execute(id, input, caller);
  }
}
