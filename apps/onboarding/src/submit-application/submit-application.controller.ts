import { Idempotent, Public } from '@idxcoop/platform';
import { Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { SubmitApplicationHandler } from './submit-application.handler';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class SubmitApplicationController {
  constructor(private readonly handler: SubmitApplicationHandler) {}

  /** Asks to be verified, with the status token, once a contact is. */
  @Public()
  @ApiBearerAuth()
  @Idempotent()
  @HttpCode(202)
  @Post(':id/submit')
  submit(@Param('id') id: string, @Headers('authorization') authorization: string | undefined) {
    return this.handler.execute(id, authorization);
  }
}
