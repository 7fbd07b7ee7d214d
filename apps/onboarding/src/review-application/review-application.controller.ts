import { Caller, type CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
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
