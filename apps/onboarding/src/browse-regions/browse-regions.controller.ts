import { notFound, Public, Regions } from '@idxcoop/platform';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

@ApiTags('Regions')
@Controller('v1/regions')
export class BrowseRegionsController {
  constructor(private readonly regions: Regions) {}

  /** The provinces of today. */
  @Public()
  @Get()
  provinces() {
    return { items: this.regions.provinces(), nextCursor: null };
  }

  /** One region, of today or of the past. Data: idn-area-data, ODbL. */
  @Public()
  @Get(':code')
  region(@Param('code') code: string) {
    const found = this.regions.find(code);
    if (!found) throw notFound();
    return found;
  }

  /** What lies directly below. */
  @Public()
  @Get(':code/children')
  children(@Param('code') code: string) {
    if (!this.regions.find(code)) throw notFound();
    return { items: this.regions.children(code), nextCursor: null };
  }
}
