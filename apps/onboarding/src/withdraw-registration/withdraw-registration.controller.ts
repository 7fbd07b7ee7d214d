import { Public } from '@idxcoop/platform';
import { Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { WithdrawRegistrationHandler } from './withdraw-registration.handler';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class WithdrawRegistrationController {
  constructor(private readonly handler: WithdrawRegistrationHandler) {}

  /** Takes the registration back, with the status token. */
  @Public()
  @ApiBearerAuth()
  @HttpCode(200)
  @Post(':id/withdraw')
  withdraw(@Param('id') id: string, @Headers('authorization') authorization: string | undefined) {
    return this.handler.execute(id, authorization);
  }
}
