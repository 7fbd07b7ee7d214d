import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Min } from 'class-validator';
import { DatedFact } from '../dated';

export const CHANNELS = ['email', 'whatsapp'] as const;
export type Channel = (typeof CHANNELS)[number];

/** A contact has to be verified: a link or a code is owed to it. The code is derived and asked for at delivery. */
export class VerificationRequestedV1 extends DatedFact {
  static readonly event = 'onboarding.verification.requested.v1';
  @IsUUID() flowId!: string;
  @IsUUID() cooperativeId!: string;
  @IsUUID() contactId!: string;
  @IsIn(CHANNELS) channel!: Channel;
  @IsIn(['id', 'en']) language!: 'id' | 'en';
  /** 1 for the first message of the flow; each resend counts on. */
  @IsInt() @Min(1) sendNumber!: number;
  /** True where an import brought the contact and nobody waits for the message: it goes with the bulk. */
  @IsOptional() @IsBoolean() imported?: boolean;
}
