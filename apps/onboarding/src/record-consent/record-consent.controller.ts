import { Internal } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RecordConsentDto } from './record-consent.dto';
import { RecordConsentHandler } from './record-consent.handler';

/** What a person agreed to on a page that another service shows. */
@ApiExcludeController()
@Internal()
@Controller('internal/contacts')
export class RecordConsentController {
  constructor(private readonly handler: RecordConsentHandler) {}

  @HttpCode(200)
  @Post(':id/consents')
  record(@Param('id') id: string, @Body() body: RecordConsentDto) {
    return this.handler.execute(id, body);
  }
}
