import { ContactAndConsent } from '../people/contact-details';

/** Who claims to speak for a cooperative, and what they agree to. */
export class ClaimCooperativeDto extends ContactAndConsent {}
