import { Caller, type CallerIdentity, Idempotent, languageOf, Public } from '@idxcoop/platform';
import { Body, Controller, Get, Headers, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
import { CURRENT_RUBRIC } from '../readiness/rubric';
import { AssessReadinessDto } from './assess-readiness.dto';
import { AssessReadinessHandler } from './assess-readiness.handler';
import { viewRubric } from './assessment-view';

@ApiTags('Onboarding')
@Controller('v1')
export class AssessReadinessController {
  constructor(private readonly handler: AssessReadinessHandler) {}

  /** The questions of the readiness assessment that is in force. */
  @Public()
  @ApiOkResponse({ schema: ANSWERS.rubric })
  @Get('readiness-rubric')
  rubric(@Headers('accept-language') language: string | undefined) {
    return viewRubric(CURRENT_RUBRIC, languageOf(language));
  }

  /** Assesses the readiness: the first time T0, then T1, T2; by the cooperative (status token) or the office of its territory. */
  @Public()
  @ApiBearerAuth()
  @Idempotent()
  @ApiCreatedResponse({ schema: ANSWERS.assessment })
  @Post('cooperatives/:id/assessments')
  assess(
    @Param('id') id: string,
    @Body() input: AssessReadinessDto,
    @Headers('authorization') authorization: string | undefined,
    @Headers('accept-language') language: string | undefined,
    @Caller() caller?: CallerIdentity,
  ) {
    return this.handler.execute(id, input, { authorization, caller }, languageOf(language));
  }

  /** All assessments of a cooperative, T0 first. */
  @Public()
  @ApiBearerAuth()
  @ApiOkResponse({ schema: ANSWERS.assessments })
  @Get('cooperatives/:id/assessments')
  list(
    @Param('id') id: string,
    @Headers('authorization') authorization: string | undefined,
    @Headers('accept-language') language: string | undefined,
    @Caller() caller?: CallerIdentity,
  ) {
    return this.handler.list(id, { authorization, caller }, languageOf(language));
  }
}
