import { Caller, type CallerIdentity, etag, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Headers, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { WriteLibraryItemDto } from './write-library-item.dto';
import { WriteLibraryItemHandler } from './write-library-item.handler';

@ApiTags('Library')
@ApiBearerAuth()
@Controller('v1/library/items')
export class WriteLibraryItemController {
  constructor(private readonly handler: WriteLibraryItemHandler) {}

  /** Writes a new item as a draft. */
  @Roles('editor')
  @Idempotent({ location: (answer: { id: string }) => `/v1/library/items/${answer.id}` })
  @Post()
  async create(
    @Body() manuscript: WriteLibraryItemDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { seq, ...answer } = await this.handler.create(manuscript, caller.subject);
    response.set('ETag', etag(seq));
    return answer;
  }

  /** Writes the next revision. A published item stays served as it is until it is published again. */
  @Roles('editor')
  @Put(':id')
  async revise(
    @Param('id') id: string,
    @Body() manuscript: WriteLibraryItemDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ) {
    const changed = await this.handler.revise(id, manuscript, caller.subject, ifMatch);
    response.set('ETag', etag(changed.seq));
    return changed;
  }
}
