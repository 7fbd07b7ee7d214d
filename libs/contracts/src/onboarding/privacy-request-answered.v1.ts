import { IsIn } from 'class-validator';
import { PrivacyRequestFact } from './privacy-request-fact';

/** A privacy officer has answered a request. */
export class PrivacyRequestAnsweredV1 extends PrivacyRequestFact {
  static readonly event = 'onboarding.privacy-request.answered.v1';
  @IsIn(['fulfilled', 'refused', 'lifted']) outcome!: 'fulfilled' | 'refused' | 'lifted';
}
