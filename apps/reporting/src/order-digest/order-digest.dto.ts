import { DIGEST_PERIODS, type DigestPeriod } from '@idxcoop/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { FIELD } from '../problems.templates';

export class OrderDigestDto {
  @IsUUID() officialId!: string;
  /** The key of a target. */
  @IsString() @Length(1, 64) target!: string;
  @ApiProperty({ enum: DIGEST_PERIODS }) @IsIn(DIGEST_PERIODS) period!: DigestPeriod;
  /** The hour in the zone of the target, default `07:00`. */
  @IsOptional()
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { context: { code: 'not_hour', ...FIELD.not_hour } })
  orderedFor?: string;
  /** Default false. */
  @IsOptional() @IsBoolean() skipIfUnchanged?: boolean;
}
