import { Caller, type CallerIdentity, etag, Public, Roles } from '@idxcoop/platform';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { LibraryItemQuery, LibraryItemsQuery } from './read-library.dto';
import { ReadLibraryHandler } from './read-library.handler';

@ApiTags('Library')
@ApiBearerAuth()
@Controller('v1/library/items')
export class ReadLibraryController {
  constructor(private readonly handler: ReadLibraryHandler) {}

  /** All items with their states, the last changed first. */
  @Roles('editor')
  @Get()
  list(@Query() query: LibraryItemsQuery) {
    return this.handler.list(query);
  }

  /** A published item; for editors also drafts, withdrawn items and older revisions. */
  @Public()
  @Get(':id')
  async one(
    @Param('id') id: string,
    @Query() { revision }: LibraryItemQuery,
    @Res({ passthrough: true }) response: Response,
    @Caller() caller?: CallerIdentity,
  ) {
    const item = await this.handler.one(id, caller?.has('editor') ?? false, revision);
    // Nobody may keep it without asking: a withdrawn item is gone at once.
    response.set({ ETag: etag(item.seq), 'Cache-Control': 'no-cache', Vary: 'Authorization' });
    return item;
  }
}
