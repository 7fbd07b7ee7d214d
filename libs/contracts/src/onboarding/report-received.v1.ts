import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { DatedFact } from '../dated';

export const REPORT_KINDS = ['false_cooperative', 'false_sender'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** Somebody reported a cooperative or a sender as false. Who, and in which words, stays in onboarding. */
export class ReportReceivedV1 extends DatedFact {
  static readonly event = 'onboarding.report.received.v1';
  @IsUUID() reportId!: string;
  @IsIn(REPORT_KINDS) kind!: ReportKind;
  @IsOptional() @IsUUID() cooperativeId?: string;
  @IsOptional() @Matches(/^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/) regionCode?: string;
}
