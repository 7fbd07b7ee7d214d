import { IsIn, IsString, IsUUID } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';
import { CHANNELS, type Channel } from './verification-requested.v1';

/** Somebody else speaks for a cooperative from now on: links, sessions and consents of whoever did before have ended. */
export class CooperativeHandedOverV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.handed-over.v1';
  @IsUUID() handOverId!: string;
  /** The contact that was proved for it. */
  @IsUUID() contactId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsIn(['id', 'en']) language!: 'id' | 'en';
  /** Who began it: whoever spoke for the cooperative, or its office. */
  @IsIn(['contact', 'officer']) begunBy!: 'contact' | 'officer';
  @IsString() declare reason: string;
}
