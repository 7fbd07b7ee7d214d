/** What is asked of cooperatives. Keys are stored data and are never renamed. */
export const REQUIREMENTS = [
  'verifiedContact',
  'legalEntityNumber',
  'nikKoperasi',
  'website',
  'completeBoard',
  'membershipCounts',
  'annualMeeting',
  'selfAssessment',
  'application',
] as const;
export type RequirementKey = (typeof REQUIREMENTS)[number];

/** Whether a text is a key. */
export function isRequirement(key: string): key is RequirementKey {
  return (REQUIREMENTS as readonly string[]).includes(key);
}

export const REQUIREMENT_STATES = [
  'not_due',
  'eventually_due',
  'currently_due',
  'past_due',
  'submitted',
  'pending_verification',
  'satisfied',
  'waived',
  'rejected',
] as const;
export type RequirementState = (typeof REQUIREMENT_STATES)[number];

/** What waits for a requirement. */
export type Blocked = 'submission' | 'verification' | 'certificate' | 'grade' | 'recommendations';

/** A key as the facts spell it: `annual_meeting`. */
export function factName(key: RequirementKey): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The requirement that a fact of the organisation meets. */
export const REQUIREMENT_OF: Readonly<Record<string, RequirementKey>> = {
  legalEntityNumber: 'legalEntityNumber',
  nikKoperasi: 'nikKoperasi',
  website: 'website',
  annualMeetings: 'annualMeeting',
  boardPositions: 'completeBoard',
  membershipCounts: 'membershipCounts',
  memberCooperatives: 'membershipCounts',
};
