import { Caller, type CallerIdentity, PageQuery, Roles } from '@idxcoop/platform';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NewApiKeyDto, NewPartnerDto } from './keep-partners.dto';
import { KeepPartnersHandler } from './keep-partners.handler';

@ApiTags('Partners')
@Controller('v1/partners')
export class KeepPartnersController {
  constructor(private readonly handler: KeepPartnersHandler) {}

  @Roles('ministry', 'operations')
  @Post()
  add(@Body() input: NewPartnerDto) {
    return this.handler.add(input);
  }

  @Roles('ministry', 'operations')
  @Get()
  list(@Query() query: PageQuery) {
    return this.handler.list(query);
  }

  /** A new key, shown this once: hence no `Idempotency-Key`, whose answer would be stored. */
  @Roles('ministry', 'operations')
  @Header('Cache-Control', 'no-store')
  @Post(':id/api-keys')
  addKey(@Param('id') id: string, @Body() input: NewApiKeyDto, @Caller() caller: CallerIdentity) {
    return this.handler.addKey(id, input, caller);
  }

  @Roles('ministry', 'operations')
  @Get(':id/api-keys')
  listKeys(@Param('id') id: string) {
    return this.handler.listKeys(id);
  }

  @Roles('ministry', 'operations')
  @HttpCode(204)
  @Delete(':id/api-keys/:keyId')
  revoke(@Param('id') id: string, @Param('keyId') keyId: string) {
    return this.handler.revoke(id, keyId);
  }
}
