import { Caller, type CallerIdentity, etag, Idempotent, Roles } from '@idxcoop/platform';
import { Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { PublishLibraryItemHandler } from './publish-library-item.handler';

@ApiTags('Library')
@ApiBearerAuth()
@Controller('v1/library/items')
export class PublishLibraryItemController {
  constructor(private readonly handler: PublishLibraryItemHandler) {}

  /** Serves the newest revision. `seq` is what a search is given as `minSeq` to find it for certain. */
  @Roles('editor')
  @Idempotent()
  @HttpCode(200)
  @Post(':id/publish')
  async publish(
    @Param('id') id: string,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ) {
    const changed = await this.handler.execute(id, caller.subject, ifMatch);
    response.set('ETag', etag(changed.seq));
    return changed;
  }
}
