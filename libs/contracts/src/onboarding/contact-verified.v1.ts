import { IsBoolean, IsIn, IsUUID } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';
import { CHANNELS, type Channel } from './verification-requested.v1';

/** A person proved that an address is theirs. */
export class ContactVerifiedV1 extends CooperativeFact {
  static readonly event = 'onboarding.contact.verified.v1';
  @IsUUID() contactId!: string;
  @IsUUID() flowId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsIn(['id', 'en']) language!: 'id' | 'en';
  /** True for the first verified contact of the cooperative: it is welcomed once. */
  @IsBoolean() first!: boolean;
}
