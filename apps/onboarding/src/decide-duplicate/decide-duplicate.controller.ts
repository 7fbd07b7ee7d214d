import { Caller, type CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { candidateAnswer, candidatesAnswer } from '../duplicates/candidate-answers';
import { DuplicateCandidatesQuery, DuplicateDecisionDto } from './decide-duplicate.dto';
import { DecideDuplicateHandler } from './decide-duplicate.handler';
import { ListDuplicatesHandler } from './list-duplicates.handler';

@ApiTags('Duplicates')
@ApiBearerAuth()
@Controller('v1/duplicate-candidates')
export class DecideDuplicateController {
  constructor(
    private readonly candidates: ListDuplicatesHandler,
    private readonly decisions: DecideDuplicateHandler,
  ) {}

  /** Pairs that may be one cooperative, of which one at least is in the caller's territory; the first found first. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: candidatesAnswer })
  @Get()
  list(@Query() query: DuplicateCandidatesQuery, @Caller() caller: CallerIdentity) {
    return this.candidates.execute(query, caller);
  }

  /** Says that the two are one, and which record stands for both, or that they are two. */
  @Roles('officer', 'verifier')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: candidateAnswer })
  @Post(':id/decision')
  decide(@Param('id') id: string, @Body() input: DuplicateDecisionDto, @Caller() caller: CallerIdentity) {
    return this.decisions.execute(id, input, caller);
  }
}
