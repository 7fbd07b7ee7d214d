import type { Cooperative } from '../cooperative/cooperative.schema';
import type { RequirementKey } from './keys';

const COMPLETE_BOARD = ['chair', 'secretary', 'treasurer'] as const;
/** UU 25/1992 as amended: a secondary cooperative has at least three cooperatives as members. */
export const FEWEST_COOPERATIVES = 3;
/** And a primary one at least nine founders. */
export const FEWEST_FOUNDERS = 9;

/** Whether the facts of a cooperative meet a requirement. */
export const GIVEN: Readonly<Record<RequirementKey, (cooperative: Cooperative, period: string) => boolean>> = {
  verifiedContact: ({ contactVerifiedAt, contactVouchedAt }) => !!contactVerifiedAt || !!contactVouchedAt,
  legalEntityNumber: ({ legalEntityNumber }) => !!legalEntityNumber,
  nikKoperasi: ({ nikKoperasi }) => !!nikKoperasi,
  website: ({ website }) => !!website,
  completeBoard: ({ boardPositions }) => COMPLETE_BOARD.every((position) => boardPositions?.includes(position)),
  membershipCounts: ({ form, membershipCounts, memberCooperatives }) =>
    form === 'secondary' ? (memberCooperatives?.length ?? 0) >= FEWEST_COOPERATIVES : !!membershipCounts,
  annualMeeting: ({ annualMeetings }, period) =>
    annualMeetings?.some(({ bookYear }) => String(bookYear) === period) ?? false,
  selfAssessment: ({ assessedAt }) => !!assessedAt,
  application: ({ registration }) => registration === 'verified',
};

const BY_ORIGIN = { self: 'self', assisted: 'officer', import: 'import' } as const;

/** Who said what meets it. */
export function sourceOf(key: RequirementKey, cooperative: Cooperative, period: string): string {
  if (key === 'annualMeeting') {
    const meeting = cooperative.annualMeetings?.find(({ bookYear }) => String(bookYear) === period);
    if (meeting) return meeting.source;
  }
  if (key === 'application') return 'officer';
  if (key === 'verifiedContact' && !cooperative.contactVerifiedAt && cooperative.contactVouchedAt) return 'officer';
  if (key === 'verifiedContact' || key === 'selfAssessment') return cooperative.factSources?.[key] ?? 'self';
  return cooperative.factSources?.[key] ?? BY_ORIGIN[cooperative.origin];
}
