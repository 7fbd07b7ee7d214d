import { IsIn, IsOptional } from 'class-validator';
import { HAND_OVER_REASONS, type HandOverReason } from '../claims/claim.schema';
import { ContactAndConsent, IsLine } from '../people/contact-details';

/** Who speaks for the cooperative from now on, and why; an office has to say so. */
export class HandOverDto extends ContactAndConsent {
  @IsOptional() @IsIn(HAND_OVER_REASONS) reason?: HandOverReason;
  @IsOptional() @IsLine(1, 500) note?: string;
}
