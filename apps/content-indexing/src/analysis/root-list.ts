import { COOPERATIVE_ROOTS } from './roots/cooperative-roots';
import { DIGITAL_ROOTS } from './roots/digital-roots';
import { GENERAL_ROOTS } from './roots/general-roots';
import { LOAN_ROOTS } from './roots/loan-roots';

/** Words that a stem may end in. Our own list, written for this portal: no dictionary was copied. */
export const ROOTS: ReadonlySet<string> = new Set(
  [COOPERATIVE_ROOTS, DIGITAL_ROOTS, GENERAL_ROOTS, LOAN_ROOTS].flatMap((list) => list.trim().split(/\s+/)),
);
