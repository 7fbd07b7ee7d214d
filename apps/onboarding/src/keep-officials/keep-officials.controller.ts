import { Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { NewOfficialDto, OfficialsQuery } from './keep-officials.dto';
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
  show(@Param('id') id: string) {
    return this.handler.show(id);
  }
}
