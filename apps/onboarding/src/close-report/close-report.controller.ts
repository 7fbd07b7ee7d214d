import { Caller, type CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { REPORT_ANSWERS } from '../reports/report-view';
import { CloseReportDto, ReportsQuery } from './close-report.dto';
import { CloseReportHandler } from './close-report.handler';
import { ListReportsHandler } from './list-reports.handler';

@ApiTags('Reports of falsehood')
@ApiBearerAuth()
@Controller('v1/reports')
export class CloseReportController {
  constructor(
    private readonly reports: ListReportsHandler,
    private readonly handler: CloseReportHandler,
  ) {}

  /** Reports about cooperatives of the caller's territory, the first received first; nationwide also those that name none. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: REPORT_ANSWERS.reports })
  @Get()
  list(@Query() query: ReportsQuery, @Caller() caller: CallerIdentity) {
    return this.reports.execute(query, caller);
  }

  /** A report with the words of whoever made it, as long as these are kept; the reading is remembered. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: REPORT_ANSWERS.shown })
  @Get(':id')
  show(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return this.handler.show(id, caller);
  }

  /** Ends a report, with a reason. Thirty days later the words of the reporter are gone. */
  @Roles('officer', 'verifier')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: REPORT_ANSWERS.report })
  @Post(':id/close')
  close(@Param('id') id: string, @Body() input: CloseReportDto, @Caller() caller: CallerIdentity) {
    return this.handler.close(id, input, caller);
  }
}
