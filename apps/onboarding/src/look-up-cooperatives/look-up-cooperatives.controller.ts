import { Caller, type CallerIdentity, RateLimit, Roles } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { flag, id, list, members, oneOf, text } from '../answer-shapes';
import { REGISTRATIONS } from '../cooperative/axes';
import { LookUpCooperativesDto } from './look-up-cooperatives.dto';
import { LookUpCooperativesHandler } from './look-up-cooperatives.handler';

const item = members({ id, name: text, regionCode: text, registration: oneOf(REGISTRATIONS) });

@ApiTags('Onboarding')
@ApiBearerAuth()
@Controller('v1/cooperatives')
export class LookUpCooperativesController {
  constructor(private readonly handler: LookUpCooperativesHandler) {}

  /**
   * Cooperatives of the caller's territory by the name apart from the words of its type, or by the number of somebody who speaks
   * for them; no person is shown, and each look is remembered. `truncated` says that there are more than are shown.
   */
  @Roles('officer', 'verifier')
  @RateLimit({ name: 'lookups', points: 60, seconds: 60, by: 'caller' })
  @HttpCode(200)
  @ApiOkResponse({ schema: members({ items: list(item), truncated: flag }) })
  @Post('lookups')
  find(@Body() input: LookUpCooperativesDto, @Caller() caller: CallerIdentity) {
    return this.handler.execute(input, caller);
  }
}
