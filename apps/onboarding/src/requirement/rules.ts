import type { CooperativeForm, CooperativeType } from '@idxcoop/contracts';
import type { Origin } from '../cooperative/cooperative.schema';
import type { Blocked, RequirementKey } from './keys';

/** When a requirement is due: so many days after something, or on a day of the year after a book year. */
export type Due =
  | { days: number; after: 'sign_up' | 'start' | 'verification'; origins?: readonly Origin[] }
  | { monthDay: string; after: 'book_year' };

/** One thing that is asked of those cooperatives that the conditions name. */
export interface Rule {
  key: RequirementKey;
  blocks: readonly Blocked[];
  due?: Due;
  /** So many days before its due day it is asked for, not only announced; by default 30. */
  opensDaysBefore?: number;
  types?: readonly CooperativeType[];
  forms?: readonly CooperativeForm[];
  /** Region codes; a regency of a province that is named is meant too. */
  territories?: readonly string[];
  /** First and last day on which the rule is in force. */
  from?: string;
  until?: string;
}

/** All that is asked, under a version that every answer names. */
export interface RuleSet {
  version: string;
  /** First day on which this version is in force. */
  from: string;
  rules: readonly Rule[];
}

/**
 * The rules are data: they differ by regency and by year, and change by decree. A changed rule is a new version, the old ones stay.
 * Annual meeting: within six months of closing the books (Permenkop 19/2015).
 */
export const RULE_SETS: readonly RuleSet[] = [
  {
    version: '2020-10',
    from: '2020-01-01',
    rules: [
      { key: 'verifiedContact', blocks: ['submission'], due: { days: 14, after: 'sign_up', origins: ['self'] } },
      { key: 'legalEntityNumber', blocks: ['certificate'] },
      { key: 'nikKoperasi', blocks: ['certificate'], due: { days: 90, after: 'start' } },
      { key: 'website', blocks: [] },
      { key: 'completeBoard', blocks: ['certificate'], due: { days: 90, after: 'verification' } },
      { key: 'membershipCounts', blocks: ['certificate'], due: { days: 90, after: 'verification' } },
      {
        key: 'annualMeeting',
        blocks: ['grade', 'certificate'],
        due: { monthDay: '06-30', after: 'book_year' },
        opensDaysBefore: 180,
      },
      { key: 'selfAssessment', blocks: ['recommendations'] },
      { key: 'application', blocks: ['verification'] },
    ],
  },
];

/** The rules in force on a day. */
export function ruleSetOn(day: string, sets: readonly RuleSet[] = RULE_SETS): RuleSet {
  return sets.findLast(({ from }) => from <= day) ?? (sets[0] as RuleSet);
}

/** Whether a rule is about a cooperative on a day. */
export function appliesTo(
  { types, forms, territories, from, until }: Rule,
  cooperative: { type: CooperativeType; form: CooperativeForm; regionCode: string },
  day: string,
): boolean {
  const { type, form, regionCode } = cooperative;
  return (
    (types?.includes(type) ?? true) &&
    (forms?.includes(form) ?? true) &&
    (territories?.some((code) => regionCode === code || regionCode.startsWith(`${code}.`)) ?? true) &&
    (!from || from <= day) &&
    (!until || day <= until)
  );
}
