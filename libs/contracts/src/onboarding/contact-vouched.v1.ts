import { IsIn, IsString, IsUUID } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';
import { CHANNELS, type Channel } from './verification-requested.v1';

/** An office vouches that a contact belongs to a cooperative whose person cannot get a code. The address itself is not proved. */
export class ContactVouchedV1 extends CooperativeFact {
  static readonly event = 'onboarding.contact.vouched.v1';
  @IsUUID() contactId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsString() declare reason: string;
}
