import type { Cooperative } from '../cooperative/cooperative.schema';

export type NextStep =
  | 'confirm_contact'
  | 'submit'
  | 'wait'
  | 'mend'
  | 'stay_active'
  | 'complete_profile'
  | 'sign_up_again'
  | 'come_back'
  | 'see_survivor'
  | 'entity_ended';

/** The one next thing to do. `isAskedNow` where something else than the steps of the registration is due. */
export function nextStepOf(
  {
    registration,
    contactVerifiedAt,
    contactVouchedAt,
    entity,
  }: Pick<Cooperative, 'registration' | 'contactVerifiedAt' | 'contactVouchedAt' | 'entity'>,
  isAskedNow = false,
): NextStep {
  if (entity === 'dissolved' || entity === 'merged') return 'entity_ended';
  switch (registration) {
    case 'draft':
      return contactVerifiedAt || contactVouchedAt ? 'submit' : 'confirm_contact';
    case 'submitted':
    case 'in_review':
      return 'wait';
    case 'rejected':
      return 'mend';
    case 'verified':
      if (!contactVerifiedAt) return 'confirm_contact';
      return isAskedNow ? 'complete_profile' : 'stay_active';
    case 'withdrawn':
      return 'come_back';
    case 'lapsed':
      return 'sign_up_again';
    case 'duplicate':
      return 'see_survivor';
  }
}
