import { ForPartners, Partner, type PartnerIdentity, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DeliveriesQuery, NewEndpointDto, ReplayDto } from './keep-webhooks.dto';
import { KeepWebhooksHandler } from './keep-webhooks.handler';

const limited = () => RateLimit({ name: 'webhooks', points: 120, seconds: 60, by: ({ partner }) => partner?.keyId });

/** For a partner's programme, with its API key. Secrets are shown once, hence no `Idempotency-Key`. */
@ApiTags('Partners')
@ForPartners('webhooks')
@Controller('v1/partners/me/webhook-endpoints')
export class KeepWebhooksController {
  constructor(private readonly handler: KeepWebhooksHandler) {}

  @limited()
  @Header('Cache-Control', 'no-store')
  @Post()
  add(@Body() input: NewEndpointDto, @Partner() partner: PartnerIdentity) {
    return this.handler.add(input, partner);
  }

  @limited()
  @Get()
  list(@Partner() partner: PartnerIdentity) {
    return this.handler.list(partner);
  }

  @limited()
  @HttpCode(204)
  @Delete(':id')
  remove(@Param('id') id: string, @Partner() partner: PartnerIdentity) {
    return this.handler.remove(id, partner);
  }

  /** A new secret; the former one signs beside it for a day. */
  @limited()
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post(':id/secret')
  rotate(@Param('id') id: string, @Partner() partner: PartnerIdentity) {
    return this.handler.rotate(id, partner);
  }

  @limited()
  @HttpCode(200)
  @Post(':id/enable')
  enable(@Param('id') id: string, @Partner() partner: PartnerIdentity) {
    return this.handler.enable(id, partner);
  }

  @limited()
  @Get(':id/deliveries')
  log(@Param('id') id: string, @Query() query: DeliveriesQuery, @Partner() partner: PartnerIdentity) {
    return this.handler.log(id, query, partner);
  }

  @limited()
  @HttpCode(202)
  @Post(':id/replays')
  replay(@Param('id') id: string, @Body() input: ReplayDto, @Partner() partner: PartnerIdentity) {
    return this.handler.replay(id, input, partner);
  }
}
