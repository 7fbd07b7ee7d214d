import { Roles } from '@idxcoop/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { ListMessagesQuery, MessageListView } from './list-messages.dto';
import { ListMessagesHandler } from './list-messages.handler';

/** The message log. */
@Controller('v1/messages')
export class ListMessagesController {
  constructor(private readonly handler: ListMessagesHandler) {}

  @Roles('operations', 'privacy_officer')
  @Get()
  @ApiOkResponse({ type: MessageListView })
  list(@Query() query: ListMessagesQuery): Promise<MessageListView> {
    return this.handler.execute(query);
  }
}
