import { decodeCursor, notFound, page, Public } from '@idxcoop/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Model, QueryFilter } from 'mongoose';
import { AppListing } from '../app-listings/app-listing.schema';
import { ListingDesk } from '../app-listings/listing-desk';
import { LISTING_ANSWERS } from '../app-listings/listing-views';
import { ListingsQuery } from './show-app-listings.dto';

/** The catalogue of reviewed applications, for everybody. */
@ApiTags('App listings')
@Controller('v1/app-listings')
export class ShowAppListingsController {
  constructor(
    @InjectModel(AppListing.name) private readonly listings: Model<AppListing>,
    private readonly desk: ListingDesk,
  ) {}

  @Public()
  @ApiOkResponse({ schema: LISTING_ANSWERS.listings })
  @Get()
  async list(@Query() query: ListingsQuery) {
    const after = decodeCursor<{ id: string }>(query.cursor);
    const rows = await this.listings
      .find({ ...chosen(query, this.desk.today()), ...(after && { _id: { $gt: String(after.id) } }) })
      .sort({ _id: 1 })
      .limit(query.limit + 1)
      .lean<AppListing[]>();
    const { items, nextCursor } = page(rows, query.limit, (last) => ({ id: last._id }));
    return { items: await this.desk.shown(items), nextCursor };
  }

  @Public()
  @ApiOkResponse({ schema: LISTING_ANSWERS.listing })
  @Get(':id')
  async show(@Param('id') id: string) {
    const found = await this.desk.find(id);
    if (found.state !== 'published') throw notFound();
    return (await this.desk.shown([found]))[0];
  }
}

function chosen({ type, proof, proofState }: ListingsQuery, today: string): QueryFilter<AppListing> {
  const until = { proven: { $gte: today }, expired: { $lt: today, $gt: '' }, unproven: null };
  const shows = { ...(proof && { kind: proof }), ...(proofState && { provenUntil: until[proofState] }) };
  return {
    state: 'published',
    ...(type && { $or: [{ types: type }, { types: { $size: 0 } }] }),
    ...(proofState && { proofs: { $elemMatch: shows } }),
  } as QueryFilter<AppListing>;
}
