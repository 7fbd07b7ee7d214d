import { Internal } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { FindContactsDto } from './find-contacts.dto';
import { FindContactsHandler } from './find-contacts.handler';

/** Who wrote to us, for services that have a number and no person. */
@ApiExcludeController()
@Internal()
@Controller('internal/contacts')
export class FindContactsController {
  constructor(private readonly handler: FindContactsHandler) {}

  @HttpCode(200)
  @Post('lookup')
  find(@Body() { phone }: FindContactsDto) {
    return this.handler.execute(phone);
  }
}
