import { IsIn, IsInt, IsUUID, Min } from 'class-validator';
import { DatedFact } from '../dated';
import { CHANNELS, type Channel } from './verification-requested.v1';

/** A verified contact asked for a new status link. */
export class StatusLinkRequestedV1 extends DatedFact {
  static readonly event = 'onboarding.status-link.requested.v1';
  @IsUUID() cooperativeId!: string;
  @IsUUID() contactId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsIn(['id', 'en']) language!: 'id' | 'en';
  @IsInt() @Min(1) sendNumber!: number;
}
