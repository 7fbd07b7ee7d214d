import { Caller, type CallerIdentity, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { LineListView, LineOrderDto, LineView } from './switch-lines.dto';
import { SwitchLinesHandler } from './switch-lines.handler';

/** The switch of a channel, of what goes to many on it, and of a template on it. */
@Roles('operations')
@Controller('v1/provider-lines')
export class SwitchLinesController {
  constructor(private readonly handler: SwitchLinesHandler) {}

  /** Lines on which nothing goes out now. */
  @Get()
  @ApiOkResponse({ type: LineListView })
  list(): Promise<LineListView> {
    return this.handler.list();
  }

  @Put(':line')
  @ApiOkResponse({ type: LineView })
  switch(
    @Param('line') line: string,
    @Body() order: LineOrderDto,
    @Caller() caller: CallerIdentity,
  ): Promise<LineView> {
    return this.handler.execute(line, order, caller.subject);
  }

  @Put(':channel/:part')
  @ApiOkResponse({ type: LineView })
  switchPart(
    @Param('channel') channel: string,
    @Param('part') part: string,
    @Body() order: LineOrderDto,
    @Caller() caller: CallerIdentity,
  ): Promise<LineView> {
    return this.handler.execute(`${channel}/${part}`, order, caller.subject);
  }
}
