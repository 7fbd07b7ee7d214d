import { Caller, type CallerIdentity, etag, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { SESSION_ANSWERS } from '../sessions/session-answers';
import { ChangedOfficialDto, NewOfficialDto, OfficialsQuery } from './keep-officials.dto';
import { KeepOfficialsHandler } from './keep-officials.handler';

@ApiTags('Onboarding')
@ApiBearerAuth()
@Controller('v1/officials')
export class KeepOfficialsController {
  constructor(private readonly handler: KeepOfficialsHandler) {}

  /** Adds somebody in office; their addresses stay in this service. */
  @Roles('ministry')
  @Idempotent({ location: (answer: { id: string }) => `/v1/officials/${answer.id}` })
  @Post()
  add(@Body() input: NewOfficialDto) {
    return this.handler.add(input);
  }

  @Roles('ministry')
  @Get()
  list(@Query() query: OfficialsQuery) {
    return this.handler.list(query);
  }

  @Roles('ministry')
  @Get(':id')
  async show(@Param('id') id: string, @Res({ passthrough: true }) response: Response) {
    const { revision, ...official } = await this.handler.show(id);
    response.set('ETag', etag(revision));
    return official;
  }

  /** Changes somebody in office. Another office, other roles, territory or addresses end their sessions at once. */
  @Roles('ministry')
  @ApiHeader({ name: 'If-Match', required: true, schema: { type: 'string' } })
  @Patch(':id')
  async change(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() input: ChangedOfficialDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { revision, ...official } = await this.handler.change(id, ifMatch, input, caller);
    response.set('ETag', etag(revision));
    return official;
  }

  /** Ends all sessions of somebody in office: a lost computer, a lost phone. */
  @Roles('ministry')
  @ApiOkResponse({ schema: SESSION_ANSWERS.revoked })
  @Delete(':id/sessions')
  signOut(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return this.handler.signOut(id, caller);
  }
}
