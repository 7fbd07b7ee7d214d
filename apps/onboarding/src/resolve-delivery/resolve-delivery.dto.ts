import { USER_ROLES, type UserRole } from '@idxcoop/platform';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Min } from 'class-validator';

export const DELIVERY_PURPOSES = [
  'verification',
  'sign_in',
  'welcome',
  'decision',
  'information',
  'status_link',
  'notice',
  'privacy_copy',
] as const;
export type DeliveryPurpose = (typeof DELIVERY_PURPOSES)[number];

export const OFFICE_LEVELS = ['regency', 'province'] as const;
export type OfficeLevel = (typeof OFFICE_LEVELS)[number];

/** Which officials are meant; all that is given holds together. */
export class OfficialsQuestion {
  @IsOptional() @IsUUID() id?: string;
  @IsOptional() @IsIn(USER_ROLES) role?: UserRole;
  /** A region: those in whose territory it lies, of the level, or else of the nearest office that somebody is in. */
  @IsOptional() @Matches(/^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/) territory?: string;
  @IsOptional() @IsIn(OFFICE_LEVELS) level?: OfficeLevel;
}

export class DeliveryQuery {
  @IsIn(DELIVERY_PURPOSES) purpose!: DeliveryPurpose;
  @IsOptional() @IsString() flowId?: string;
  @IsOptional() @Type(() => Number) @Min(1) @IsInt() sendNumber?: number;
  /** Which decision is announced. */
  @IsOptional() @IsUUID() reviewCaseId?: string;
  /** Which question is put. */
  @IsOptional() @IsUUID() informationRequestId?: string;
}

/** On which channel, about which cooperative, and for which sign-in an official is written to. */
export class OfficialDeliveryQuery {
  @IsOptional() @IsString() channel?: string;
  @IsOptional() @IsString() cooperativeId?: string;
  @IsOptional() @IsString() flowId?: string;
  @IsOptional() @Type(() => Number) @Min(1) @IsInt() sendNumber?: number;
}
