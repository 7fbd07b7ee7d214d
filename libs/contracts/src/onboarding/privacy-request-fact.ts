import { IsIn, IsISO8601, IsUUID } from 'class-validator';
import { DatedFact } from '../dated';
import { CHANNELS, type Channel } from './verification-requested.v1';

export const PRIVACY_REQUEST_KINDS = ['access', 'correction', 'withdraw_consent', 'restriction', 'erasure'] as const;
export type PrivacyRequestKind = (typeof PRIVACY_REQUEST_KINDS)[number];

/** What happens to a request of a person about their own data, and where they hear of it. */
export abstract class PrivacyRequestFact extends DatedFact {
  @IsUUID() requestId!: string;
  @IsUUID() cooperativeId!: string;
  @IsIn(PRIVACY_REQUEST_KINDS) kind!: PrivacyRequestKind;
  /** When it is due at the latest. */
  @IsISO8601({ strict: true }) dueAt!: string;
  /** A verified contact of the person. */
  @IsUUID() contactId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsIn(['id', 'en']) language!: 'id' | 'en';
}
