import { Caller, type CallerIdentity, etag, Idempotent, PageQuery, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { LISTING_ANSWERS } from '../app-listings/listing-views';
import { ChangedListingDto, NewListingDto, WithdrawalDto } from './keep-app-listings.dto';
import { KeepAppListingsHandler } from './keep-app-listings.handler';

/** For the ministry, on behalf of a partner that has no programme. */
@ApiTags('App listings')
@Controller('v1/partners/:partnerId/app-listings')
export class KeepAppListingsController {
  constructor(private readonly handler: KeepAppListingsHandler) {}

  @Roles('ministry')
  @Idempotent()
  @ApiCreatedResponse({ schema: LISTING_ANSWERS.own })
  @Post()
  propose(@Param('partnerId') partnerId: string, @Body() input: NewListingDto, @Caller() caller: CallerIdentity) {
    return this.handler.propose(partnerId, input, caller.subject);
  }

  @Roles('ministry')
  @ApiOkResponse({ schema: LISTING_ANSWERS.owns })
  @Get()
  list(@Param('partnerId') partnerId: string, @Query() query: PageQuery) {
    return this.handler.list(partnerId, query);
  }

  @Roles('ministry')
  @ApiHeader({ name: 'If-Match', required: true, schema: { type: 'string' } })
  @ApiOkResponse({ schema: LISTING_ANSWERS.own })
  @Patch(':id')
  async edit(
    @Param('partnerId') partnerId: string,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() input: ChangedListingDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
  ) {
    const listing = await this.handler.edit(partnerId, id, input, ifMatch, caller.subject);
    response.set('ETag', etag(listing.revision));
    return listing;
  }

  @Roles('ministry')
  @HttpCode(200)
  @ApiOkResponse({ schema: LISTING_ANSWERS.own })
  @Post(':id/withdrawal')
  withdraw(
    @Param('partnerId') partnerId: string,
    @Param('id') id: string,
    @Body() { reason }: WithdrawalDto,
    @Caller() caller: CallerIdentity,
  ) {
    return this.handler.withdraw(partnerId, id, reason, caller.subject);
  }
}
