import { REPORT_KINDS, type ReportKind } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { REPORT_OUTCOMES, REPORT_STATES, type ReportOutcome, type ReportState } from '../reports/report.schema';

/** Which reports to list; always those of the caller's territory. */
export class ReportsQuery extends PageQuery {
  @IsOptional() @IsIn(REPORT_STATES) state?: ReportState;
  @IsOptional() @IsIn(REPORT_KINDS) kind?: ReportKind;
  @IsOptional() @IsUUID() cooperativeId?: string;
}

export class CloseReportDto {
  @IsIn(REPORT_OUTCOMES) outcome!: ReportOutcome;
  /** Why, as a stable code: it stands in the trail. */
  @Matches(/^[a-z][a-z0-9_]{1,59}$/) reason!: string;
}
