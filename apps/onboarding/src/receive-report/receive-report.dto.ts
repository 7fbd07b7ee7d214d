import { REPORT_KINDS, type ReportKind } from '@idxcoop/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { HasAddress, IsAddress, IsLine, IsMobile } from '../people/contact-details';

/** Who reports, where they want to be asked. */
export class ReporterDto {
  @IsOptional() @IsLine(2, 120) name?: string;
  @IsOptional() @IsAddress() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
}

export class ReceiveReportDto {
  @IsIn(REPORT_KINDS) kind!: ReportKind;
  @IsOptional() @IsUUID() cooperativeId?: string;
  @IsLine(3, 2_000) text!: string;
  @IsOptional() @HasAddress() @ValidateNested() @Type(() => ReporterDto) contact?: ReporterDto;
}
