import { CHANNELS, type Channel } from '@idxcoop/contracts';
import { IsIn, IsOptional } from 'class-validator';
import { IsLine } from '../people/contact-details';

export const VOUCH_REASONS = ['no_whatsapp', 'message_not_arriving', 'no_signal', 'known_in_person', 'other'] as const;

/** Which contact of the cooperative, and why its person cannot confirm it. */
export class VouchDto {
  @IsIn(CHANNELS) channel!: Channel;
  @IsIn(VOUCH_REASONS) reason!: (typeof VOUCH_REASONS)[number];
  /** How the office knows them; stays in this service. */
  @IsOptional() @IsLine(1, 500) note?: string;
}
