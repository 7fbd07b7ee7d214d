import { Roles } from '@idxcoop/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { ConsentListView, ListConsentsQuery } from './list-consents.dto';
import { ListConsentsHandler } from './list-consents.handler';

/** The proof of what people decided about their messages. */
@Controller('v1/consents')
export class ListConsentsController {
  constructor(private readonly handler: ListConsentsHandler) {}

  @Roles('privacy_officer')
  @Get()
  @ApiOkResponse({ type: ConsentListView })
  list(@Query() query: ListConsentsQuery): Promise<ConsentListView> {
    return this.handler.execute(query);
  }
}
