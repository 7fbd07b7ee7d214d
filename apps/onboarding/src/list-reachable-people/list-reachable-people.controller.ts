import { Internal } from '@idxcoop/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ReachablePeopleQuery } from './list-reachable-people.dto';
import { ListReachablePeopleHandler } from './list-reachable-people.handler';

/** Whom an announcement may reach, for the service that sends it. */
@ApiExcludeController()
@Internal()
@Controller('internal/reachable-people')
export class ListReachablePeopleController {
  constructor(private readonly handler: ListReachablePeopleHandler) {}

  @Get()
  list(@Query() query: ReachablePeopleQuery) {
    return this.handler.execute(query);
  }
}
