import { PRIVACY_REQUEST_KINDS, type PrivacyRequestKind } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, Matches, MaxLength, IsString, ValidateIf } from 'class-validator';
import {
  IDENTITY_CHECKS,
  type IdentityCheck,
  PRIVACY_STATES,
  type PrivacyState,
} from '../privacy/privacy-request.schema';

export class PrivacyRequestsQuery extends PageQuery {
  @IsOptional() @IsIn(PRIVACY_STATES) state?: PrivacyState;
  @IsOptional() @IsIn(PRIVACY_REQUEST_KINDS) kind?: PrivacyRequestKind;
  @IsOptional() @IsString() @MaxLength(80) personId?: string;
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  overdue?: boolean;
}

const CHECKS = IDENTITY_CHECKS.filter((check) => check !== 'status_token');

/** How the privacy officer made sure who asks. */
export class IdentityDto {
  @IsIn(CHECKS) check!: IdentityCheck;
}

export class PrivacyDecisionDto {
  @IsIn(['fulfil', 'refuse']) decision!: 'fulfil' | 'refuse';
  /** Why not; a code, since it stands in the trail. */
  @ValidateIf(({ decision }: PrivacyDecisionDto) => decision === 'refuse')
  @Matches(/^[a-z][a-z0-9_]{1,59}$/)
  reasonCode?: string;
}
