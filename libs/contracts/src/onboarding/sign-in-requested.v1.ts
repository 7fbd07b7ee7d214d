import { IsIn, IsInt, IsUUID, Min } from 'class-validator';
import { DatedFact } from '../dated';
import { CHANNELS, type Channel } from './verification-requested.v1';

/** Somebody who is known wants to sign in: a code is owed to them. It is derived and asked for at delivery. */
export class SignInRequestedV1 extends DatedFact {
  static readonly event = 'onboarding.sign-in.requested.v1';
  @IsUUID() flowId!: string;
  @IsIn(['contact', 'official']) recipientKind!: 'contact' | 'official';
  /** The contact of a cooperative, or the official. */
  @IsUUID() recipientId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsIn(['id', 'en']) language!: 'id' | 'en';
  /** 1 for the first message of the flow; each resend counts on. */
  @IsInt() @Min(1) sendNumber!: number;
}
