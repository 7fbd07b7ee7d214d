import { Caller, type CallerIdentity, etag, Idempotent, PageQuery, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { LISTING_ANSWERS } from '../app-listings/listing-views';
import { ListingDecisionDto } from './review-app-listings.dto';
import { ReviewAppListingsHandler } from './review-app-listings.handler';

/** Listings belong to no territory: verifiers anywhere may review them. */
@ApiTags('App listings')
@Controller('v1/app-listings')
export class ReviewAppListingsController {
  constructor(private readonly handler: ReviewAppListingsHandler) {}

  /** What waits for a decision: proposed listings, and renewed proofs of published ones. */
  @Roles('verifier')
  @ApiOkResponse({ schema: LISTING_ANSWERS.owns })
  @Get('reviews')
  list(@Query() query: PageQuery) {
    return this.handler.list(query);
  }

  @Roles('verifier')
  @ApiOkResponse({ schema: LISTING_ANSWERS.own })
  @Get(':id/review')
  async show(@Param('id') id: string, @Res({ passthrough: true }) response: Response) {
    const listing = await this.handler.show(id);
    response.set('ETag', etag(listing.revision));
    return listing;
  }

  /** Approves a listing or says why not, and accepts or rejects its proofs one by one. */
  @Roles('verifier')
  @Idempotent()
  @HttpCode(200)
  @ApiHeader({ name: 'If-Match', required: true, schema: { type: 'string' } })
  @ApiOkResponse({ schema: LISTING_ANSWERS.own })
  @Post(':id/decision')
  decide(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() input: ListingDecisionDto,
    @Caller() caller: CallerIdentity,
  ) {
    return this.handler.decide(id, input, ifMatch, caller);
  }
}
