import type { CooperativeForm } from '@idxcoop/contracts';
import { fieldError } from '@idxcoop/platform';
import { FEWEST_COOPERATIVES, FEWEST_FOUNDERS } from '../requirement/given';
import type { EditProfileDto } from './edit-profile.dto';
import { PROFILE_FAULTS } from './profile.templates';

type Fault = keyof typeof PROFILE_FAULTS;

/** What is known when a profile is changed. */
export interface Known {
  form: CooperativeForm;
  foundedOn?: string;
  today: string;
  /** The cooperative itself may report the last closed book year only; older ones go through the office. */
  isOffice: boolean;
}

/** What the law and the calendar say against a change. */
export function profileFaults(input: EditProfileDto, known: Known) {
  const { form, today, isOffice } = known;
  const foundedOn = input.foundedOn ?? known.foundedOn;
  const found: [string, Fault][] = [];
  if (input.foundedOn && input.foundedOn > today) found.push(['/foundedOn', 'future_date']);
  const lastClosed = Number(today.slice(0, 4)) - 1;
  for (const [index, { bookYear, heldOn }] of (input.annualMeetings ?? []).entries()) {
    const at = `/annualMeetings/${index}`;
    if (bookYear > lastClosed) found.push([`${at}/bookYear`, 'not_closed_yet']);
    else if (foundedOn && bookYear < Number(foundedOn.slice(0, 4))) found.push([`${at}/bookYear`, 'before_founding']);
    else if (!isOffice && bookYear < lastClosed) found.push([`${at}/bookYear`, 'older_year_through_office']);
    if (heldOn && heldOn > today) found.push([`${at}/heldOn`, 'future_date']);
    else if (heldOn && Number(heldOn.slice(0, 4)) <= bookYear) found.push([`${at}/heldOn`, 'before_book_year_end']);
  }
  const founders = input.membershipCounts?.founders;
  if (founders !== undefined && form === 'secondary') found.push(['/membershipCounts/founders', 'not_for_this_form']);
  else if (founders !== undefined && founders < FEWEST_FOUNDERS)
    found.push(['/membershipCounts/founders', 'too_few_founders']);
  if (input.memberCooperatives && form === 'primary') found.push(['/memberCooperatives', 'not_for_this_form']);
  else if (input.memberCooperatives && input.memberCooperatives.length < FEWEST_COOPERATIVES)
    found.push(['/memberCooperatives', 'too_few_members']);
  return found.map(([pointer, code]) => faultAt(pointer, code));
}

export function faultAt(pointer: string, code: Fault) {
  return fieldError(pointer, code, PROFILE_FAULTS[code]);
}
