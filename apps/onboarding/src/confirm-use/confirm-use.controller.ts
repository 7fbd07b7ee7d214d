import { ForPartners, Idempotent, Partner, type PartnerIdentity, RateLimit } from '@idxcoop/platform';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { LISTING_ANSWERS } from '../app-listings/listing-views';
import { AcceptancesQuery } from './confirm-use.dto';
import { ConfirmUseHandler } from './confirm-use.handler';

const limited = () => RateLimit({ name: 'listings', points: 120, seconds: 60, by: ({ partner }) => partner?.keyId });

/** For a partner's programme, with its API key. */
@ApiTags('App listings')
@ForPartners('listings')
@Controller('v1/partners/me/acceptances')
export class ConfirmUseController {
  constructor(private readonly handler: ConfirmUseHandler) {}

  /** Who took up the partner's offers: public facts of the organisation, no person. */
  @limited()
  @ApiOkResponse({ schema: LISTING_ANSWERS.acceptances })
  @Get()
  list(@Query() query: AcceptancesQuery, @Partner() partner: PartnerIdentity) {
    return this.handler.list(query, partner);
  }

  /** The cooperative uses the application: it counts as active. A second time changes nothing. */
  @limited()
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: LISTING_ANSWERS.acceptance })
  @Post(':id/confirm')
  confirm(@Param('id') id: string, @Partner() partner: PartnerIdentity) {
    return this.handler.confirm(id, partner);
  }
}
