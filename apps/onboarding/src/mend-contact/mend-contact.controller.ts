import { Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Headers, Param, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { MendContactDto } from './mend-contact.dto';
import { MendContactHandler } from './mend-contact.handler';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class MendContactController {
  constructor(private readonly handler: MendContactHandler) {}

  /** Mends a mistyped contact, with the status token, until one is verified. */
  @Public()
  @RateLimit({ name: 'contacts', points: 60, seconds: 60, by: 'ip' })
  @ApiBearerAuth()
  @Patch(':id/contact')
  mend(
    @Param('id') id: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() input: MendContactDto,
  ) {
    return this.handler.execute(id, authorization, input);
  }
}
