import { Roles } from '@idxcoop/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PRIVACY_ANSWERS } from '../privacy/privacy-answers';
import { AuditQuery } from './list-audit.dto';
import { ListAuditHandler } from './list-audit.handler';

@ApiTags('Privacy')
@ApiBearerAuth()
@Controller('v1/audit')
export class ListAuditController {
  constructor(private readonly handler: ListAuditHandler) {}

  /** Who did what to whom, the newest first. */
  @Roles('privacy_officer')
  @ApiOkResponse({ schema: PRIVACY_ANSWERS.auditEntries })
  @Get()
  list(@Query() query: AuditQuery) {
    return this.handler.execute(query);
  }
}
