import { Caller, type CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
import { WaiveRequirementDto } from './waive-requirement.dto';
import { WaiveRequirementHandler } from './waive-requirement.handler';

@ApiTags('Onboarding')
@ApiBearerAuth()
@Controller('v1/cooperatives')
export class WaiveRequirementController {
  constructor(private readonly handler: WaiveRequirementHandler) {}

  /** A requirement is asked no more of this cooperative. */
  @Roles('officer')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: ANSWERS.requirement })
  @Post(':id/requirements/:key/waive')
  waive(
    @Param('id') id: string,
    @Param('key') key: string,
    @Body() input: WaiveRequirementDto,
    @Caller() caller: CallerIdentity,
  ) {
    return this.handler.execute(id, key, input, caller);
  }
}
