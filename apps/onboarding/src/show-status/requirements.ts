import type { Cooperative } from '../cooperative/cooperative.schema';
import type { Reason } from '../review/review-case.schema';

export const REQUIREMENTS = ['verifiedContact', 'legalEntityNumber', 'nikKoperasi', 'website', 'application'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** What the applicant has to bring, by when it is needed: the shape of Stripe's account requirements. */
export interface Requirements {
  currentlyDue: Requirement[];
  eventuallyDue: Requirement[];
  pastDue: Requirement[];
  pendingVerification: Requirement[];
  satisfied: Requirement[];
  errors: Reason[];
}

export type NextStep =
  | 'confirm_contact'
  | 'submit'
  | 'wait'
  | 'mend'
  | 'stay_active'
  | 'sign_up_again'
  | 'come_back'
  | 'see_survivor';

const LAPSE_MS = 14 * 86_400_000;

/** The requirements of a cooperative as they stand now. */
export function requirementsOf(cooperative: Cooperative, reasons: readonly Reason[]): Requirements {
  const { registration, contactVerifiedAt, legalEntityNumber, nikKoperasi, website } = cooperative;
  const has = { legalEntityNumber: !!legalEntityNumber, nikKoperasi: !!nikKoperasi, website: !!website };
  const facts = (['legalEntityNumber', 'nikKoperasi', 'website'] as const).filter((key) => has[key]);
  const missing = (['legalEntityNumber', 'nikKoperasi', 'website'] as const).filter((key) => !has[key]);
  const found: Requirements = {
    currentlyDue: [],
    eventuallyDue: missing,
    pastDue: [],
    pendingVerification: [],
    satisfied: [...(contactVerifiedAt ? (['verifiedContact'] as const) : []), ...facts],
    errors: [],
  };
  if (registration === 'lapsed') found.pastDue.push('verifiedContact');
  else if (!contactVerifiedAt) found.currentlyDue.push('verifiedContact');
  if (registration === 'draft' || registration === 'rejected' || registration === 'withdrawn') {
    (contactVerifiedAt ? found.currentlyDue : found.eventuallyDue).push('application');
  }
  if (registration === 'rejected') found.errors = [...reasons];
  if (registration === 'submitted' || registration === 'in_review') found.pendingVerification.push('application');
  if (registration === 'verified') found.satisfied.push('application');
  return found;
}

/** The one deadline that runs, if any. */
export function deadlineOf(cooperative: Cooperative): { at: string; requirement: Requirement } | null {
  const { registration, origin, contactVerifiedAt, createdAt } = cooperative;
  if (registration !== 'draft' || origin !== 'self' || contactVerifiedAt) return null;
  return { at: new Date(createdAt.getTime() + LAPSE_MS).toISOString(), requirement: 'verifiedContact' };
}

/** The one next thing to do. */
export function nextStepOf({ registration, contactVerifiedAt }: Cooperative): NextStep {
  switch (registration) {
    case 'draft':
      return contactVerifiedAt ? 'submit' : 'confirm_contact';
    case 'submitted':
    case 'in_review':
      return 'wait';
    case 'rejected':
      return 'mend';
    case 'verified':
      return contactVerifiedAt ? 'stay_active' : 'confirm_contact';
    case 'withdrawn':
      return 'come_back';
    case 'lapsed':
      return 'sign_up_again';
    case 'duplicate':
      return 'see_survivor';
  }
}
