import { Idempotent, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { REPORT_ANSWERS } from '../reports/report-view';
import { ReceiveReportDto } from './receive-report.dto';
import { ReceiveReportHandler } from './receive-report.handler';

type Received = Awaited<ReturnType<ReceiveReportHandler['execute']>>;

@ApiTags('Reports of falsehood')
@Controller('v1/reports')
export class ReceiveReportController {
  constructor(private readonly handler: ReceiveReportHandler) {}

  /** Reports a false cooperative, or somebody who writes in the name of the programme; with a contact only who wants to be asked. */
  @Public()
  @RateLimit(
    { name: 'reports', points: 10, seconds: 60, by: 'ip' },
    { name: 'reports-a-day', points: 100, seconds: 86_400, by: 'ip' },
  )
  @Idempotent({ location: ({ id }: Received) => `/v1/reports/${id}` })
  @ApiCreatedResponse({ schema: REPORT_ANSWERS.report })
  @Post()
  receive(@Body() input: ReceiveReportDto): Promise<Received> {
    return this.handler.execute(input);
  }
}
