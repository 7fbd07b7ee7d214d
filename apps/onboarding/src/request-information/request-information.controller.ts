import { Caller, type CallerIdentity, Idempotent, Public, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { REVIEW_ANSWERS } from '../review/review-answers';
import { ReasonsDto } from '../review/reason-rules';
import { AnswerRequestHandler } from './answer-request.handler';
import { ListRequestsHandler } from './list-requests.handler';
import { AnswerDto } from './request-information.dto';
import { RequestInformationHandler } from './request-information.handler';

@ApiTags('Onboarding')
@ApiBearerAuth()
@Controller('v1')
export class RequestInformationController {
  constructor(
    private readonly requests: RequestInformationHandler,
    private readonly answers: AnswerRequestHandler,
    private readonly lists: ListRequestsHandler,
  ) {}

  /** Asks the applicant for something; the clock of the case stands until they have answered. */
  @Roles('officer', 'verifier')
  @Idempotent({
    location: (answer: { reviewCaseId: string }) => `/v1/review-cases/${answer.reviewCaseId}/information-requests`,
  })
  @ApiCreatedResponse({ schema: REVIEW_ANSWERS.request })
  @Post('review-cases/:id/information-requests')
  ask(@Param('id') id: string, @Body() input: ReasonsDto, @Caller() caller: CallerIdentity) {
    return this.requests.execute(id, input, caller);
  }

  /** What was asked about a case, with what was answered. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: REVIEW_ANSWERS.requests })
  @Get('review-cases/:id/information-requests')
  ofCase(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return this.lists.ofCase(id, caller);
  }

  /** What is asked of the applicant, with the status token. */
  @Public()
  @ApiOkResponse({ schema: REVIEW_ANSWERS.requests })
  @Get('cooperatives/:id/information-requests')
  ofCooperative(@Param('id') id: string, @Headers('authorization') authorization: string | undefined) {
    return this.lists.ofCooperative(id, authorization);
  }

  /** The applicant answers: the clock goes on. */
  @Public()
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: REVIEW_ANSWERS.request })
  @Post('cooperatives/:id/information-requests/:requestId/answer')
  answer(
    @Param('id') id: string,
    @Param('requestId') requestId: string,
    @Body() input: AnswerDto,
    @Headers('authorization') authorization: string | undefined,
  ) {
    return this.answers.execute(id, requestId, input, authorization);
  }
}
