import { Caller, type CallerIdentity, etag, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { WithdrawLibraryItemDto } from './withdraw-library-item.dto';
import { WithdrawLibraryItemHandler } from './withdraw-library-item.handler';

@ApiTags('Library')
@ApiBearerAuth()
@Controller('v1/library/items')
export class WithdrawLibraryItemController {
  constructor(private readonly handler: WithdrawLibraryItemHandler) {}

  /** Takes the item back at once: it is found and shown no more. */
  @Roles('editor')
  @Idempotent()
  @HttpCode(200)
  @Post(':id/withdraw')
  async withdraw(
    @Param('id') id: string,
    @Body() { reason }: WithdrawLibraryItemDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ) {
    const changed = await this.handler.execute(id, reason, caller.subject, ifMatch);
    response.set('ETag', etag(changed.seq));
    return changed;
  }
}
