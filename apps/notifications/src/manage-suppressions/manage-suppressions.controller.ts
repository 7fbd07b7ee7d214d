import { Caller, type CallerIdentity, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { LiftSuppressionDto, SuppressionListView, SuppressionsQuery, SuppressionView } from './manage-suppressions.dto';
import { ManageSuppressionsHandler } from './manage-suppressions.handler';

/** Who is not written to any more, and why; and the door out of it. */
@Roles('operations', 'privacy_officer')
@Controller('v1/suppressions')
export class ManageSuppressionsController {
  constructor(private readonly handler: ManageSuppressionsHandler) {}

  @Get()
  @ApiOkResponse({ type: SuppressionListView })
  list(@Query() query: SuppressionsQuery): Promise<SuppressionListView> {
    return this.handler.list(query);
  }

  /** Ends one, with what was set together with it for the same reason; stands in the ledger with who did it and why. */
  @Post(':id/lift')
  @HttpCode(200)
  @ApiOkResponse({ type: SuppressionView })
  lift(
    @Param('id') id: string,
    @Body() { reason }: LiftSuppressionDto,
    @Caller() caller: CallerIdentity,
  ): Promise<SuppressionView> {
    return this.handler.lift(id, reason, caller);
  }
}
