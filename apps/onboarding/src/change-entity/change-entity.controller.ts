import { Caller, type CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
import { ChangeEntityDto } from './change-entity.dto';
import { ChangeEntityHandler } from './change-entity.handler';

@ApiTags('Onboarding')
@ApiBearerAuth()
@Controller('v1/cooperatives')
export class ChangeEntityController {
  constructor(private readonly handler: ChangeEntityHandler) {}

  /** That the entity is dormant, does business again, was dissolved or merged. */
  @Roles('officer')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: ANSWERS.entity })
  @Post(':id/entity')
  change(@Param('id') id: string, @Body() input: ChangeEntityDto, @Caller() caller: CallerIdentity) {
    return this.handler.execute(id, input, caller);
  }
}
