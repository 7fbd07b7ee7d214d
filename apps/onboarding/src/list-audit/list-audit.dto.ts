import { PageQuery } from '@idxcoop/platform';
import { IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';

export class AuditQuery extends PageQuery {
  @IsOptional() @IsString() @MaxLength(80) personId?: string;
  @IsOptional() @IsString() @MaxLength(80) subjectId?: string;
  @IsOptional() @IsString() @MaxLength(80) subjectKind?: string;
  @IsOptional() @IsString() @MaxLength(80) action?: string;
  @IsOptional() @IsString() @MaxLength(200) by?: string;
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  @IsOptional() @IsISO8601({ strict: true }) until?: string;
}
