import { Caller, type CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
import { AssignmentDto } from './assign-review.dto';
import { AssignReviewHandler } from './assign-review.handler';

@ApiTags('Onboarding')
@ApiBearerAuth()
@Controller('v1/review-cases')
export class AssignReviewController {
  constructor(private readonly handler: AssignReviewHandler) {}

  /** Gives a case to a named official, or without one to the least loaded of the others. */
  @Roles('officer', 'verifier')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: ANSWERS.reviewCase })
  @Post(':id/assignment')
  assign(@Param('id') id: string, @Body() input: AssignmentDto, @Caller() caller: CallerIdentity) {
    return this.handler.assign(id, input, caller);
  }

  /** The caller must not decide about this cooperative: its cases go to others, now and later. */
  @Roles('officer', 'verifier')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: ANSWERS.reviewCase })
  @Post(':id/conflict-of-interest')
  declare(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return this.handler.declare(id, caller);
  }
}
