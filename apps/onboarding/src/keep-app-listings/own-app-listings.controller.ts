import { etag, ForPartners, Idempotent, PageQuery, Partner, type PartnerIdentity, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { LISTING_ANSWERS } from '../app-listings/listing-views';
import { ChangedListingDto, NewListingDto, WithdrawalDto } from './keep-app-listings.dto';
import { KeepAppListingsHandler } from './keep-app-listings.handler';

const limited = () => RateLimit({ name: 'listings', points: 120, seconds: 60, by: ({ partner }) => partner?.keyId });

/** For a partner's programme, with its API key. */
@ApiTags('App listings')
@ForPartners('listings')
@Controller('v1/partners/me/app-listings')
export class OwnAppListingsController {
  constructor(private readonly handler: KeepAppListingsHandler) {}

  /** Proposes an application; everybody sees it once it was reviewed. */
  @limited()
  @Idempotent({ location: (answer: { id: string }) => `/v1/partners/me/app-listings/${answer.id}` })
  @ApiCreatedResponse({ schema: LISTING_ANSWERS.own })
  @Post()
  propose(@Body() input: NewListingDto, @Partner() { partnerId, keyId }: PartnerIdentity) {
    return this.handler.propose(partnerId, input, keyId);
  }

  @limited()
  @ApiOkResponse({ schema: LISTING_ANSWERS.owns })
  @Get()
  list(@Query() query: PageQuery, @Partner() { partnerId }: PartnerIdentity) {
    return this.handler.list(partnerId, query);
  }

  @limited()
  @ApiOkResponse({ schema: LISTING_ANSWERS.own })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @Partner() { partnerId }: PartnerIdentity,
    @Res({ passthrough: true }) response: Response,
  ) {
    const listing = await this.handler.show(partnerId, id);
    response.set('ETag', etag(listing.revision));
    return listing;
  }

  /** Another text or offer is reviewed before it is seen; a renewed proof waits beside the one that holds. */
  @limited()
  @ApiHeader({ name: 'If-Match', required: true, schema: { type: 'string' } })
  @ApiOkResponse({ schema: LISTING_ANSWERS.own })
  @Patch(':id')
  async edit(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() input: ChangedListingDto,
    @Partner() { partnerId, keyId }: PartnerIdentity,
    @Res({ passthrough: true }) response: Response,
  ) {
    const listing = await this.handler.edit(partnerId, id, input, ifMatch, keyId);
    response.set('ETag', etag(listing.revision));
    return listing;
  }

  @limited()
  @HttpCode(200)
  @ApiOkResponse({ schema: LISTING_ANSWERS.own })
  @Post(':id/withdrawal')
  withdraw(
    @Param('id') id: string,
    @Body() { reason }: WithdrawalDto,
    @Partner() { partnerId, keyId }: PartnerIdentity,
  ) {
    return this.handler.withdraw(partnerId, id, reason, keyId);
  }
}
