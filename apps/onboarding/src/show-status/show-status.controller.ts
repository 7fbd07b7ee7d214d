import { languageOf, Public, RateLimit } from '@idxcoop/platform';
import { Controller, Get, Header, Headers, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ShowStatusHandler } from './show-status.handler';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class ShowStatusController {
  constructor(private readonly handler: ShowStatusHandler) {}

  /** The applicant's status, with the status token as bearer. */
  @Public()
  @RateLimit({ name: 'status', points: 300, seconds: 60, by: 'ip' })
  @ApiBearerAuth()
  @Header('Cache-Control', 'no-store')
  @Get(':id/status')
  show(
    @Param('id') id: string,
    @Headers('authorization') authorization: string | undefined,
    @Headers('accept-language') language: string | undefined,
  ) {
    return this.handler.execute(id, authorization, languageOf(language));
  }
}
