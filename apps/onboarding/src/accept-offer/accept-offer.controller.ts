import { Idempotent, Public } from '@idxcoop/platform';
import { Controller, Headers, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { LISTING_ANSWERS } from '../app-listings/listing-views';
import { AcceptOfferHandler } from './accept-offer.handler';

@ApiTags('App listings')
@ApiBearerAuth()
@Controller('v1/app-listings/:id/offers/:offerId/acceptances')
export class AcceptOfferController {
  constructor(private readonly handler: AcceptOfferHandler) {}

  /** A verified cooperative takes up an offer, with its status token or signed in for it. */
  @Public()
  @Idempotent()
  @ApiCreatedResponse({ schema: LISTING_ANSWERS.acceptance })
  @Post()
  accept(
    @Param('id') id: string,
    @Param('offerId') offerId: string,
    @Headers('authorization') authorization: string | undefined,
  ) {
    return this.handler.execute(id, offerId, authorization);
  }
}
