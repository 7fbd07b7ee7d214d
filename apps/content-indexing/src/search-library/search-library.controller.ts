import { Public } from '@idxcoop/platform';
import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SearchLibraryQuery } from './search-library.dto';
import { SearchLibraryHandler } from './search-library.handler';

@ApiTags('Library')
@Controller('v1/search')
export class SearchLibraryController {
  constructor(private readonly handler: SearchLibraryHandler) {}

  /** Searches the library in Indonesian; an empty `q` lists the newest. Counts may lag behind by a moment, items never do. */
  @Public()
  @Header('Cache-Control', 'no-cache')
  @Get()
  search(@Query() query: SearchLibraryQuery) {
    return this.handler.execute(query);
  }
}
