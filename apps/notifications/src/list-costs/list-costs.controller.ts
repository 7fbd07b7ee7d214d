import { Roles } from '@idxcoop/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CostListView, CostsQuery } from './list-costs.dto';
import { ListCostsHandler } from './list-costs.handler';

/** What messages cost. */
@Controller('v1/message-costs')
export class ListCostsController {
  constructor(private readonly handler: ListCostsHandler) {}

  @Roles('operations', 'ministry')
  @Get()
  @ApiOkResponse({ type: CostListView })
  list(@Query() query: CostsQuery): Promise<CostListView> {
    return this.handler.execute(query);
  }
}
