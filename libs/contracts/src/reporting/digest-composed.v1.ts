import { IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { TargetFact } from './target-fact';

export const DIGEST_PERIODS = ['daily', 'weekly'] as const;
export type DigestPeriod = (typeof DIGEST_PERIODS)[number];

/** A digest of a target that an official ordered is ready to go, some time before the hour it was ordered for. Figures only. */
export class DigestComposedV1 extends TargetFact {
  static readonly event = 'reporting.digest.composed.v1';
  @IsUUID() digestId!: string;
  @IsUUID() officialId!: string;
  @IsIn(DIGEST_PERIODS) period!: DigestPeriod;
  /** The day that the figures stand for. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) asOf!: string;
  /** The hour that the official wants it at, `07:00`, in the zone. */
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) orderedFor!: string;
  @IsString() timeZone!: string;
  @IsNumber() actual!: number;
  @IsNumber() target!: number;
  /** What was added since the digest before. */
  @IsOptional() @IsNumber() gained?: number;
  @IsOptional() @IsNumber() requiredPerWeek?: number;
  @IsOptional() @IsInt() daysLeft?: number;
  /** The state of the target, as in its progress: `on_track`. */
  @IsOptional() @IsString() status?: string;
}
