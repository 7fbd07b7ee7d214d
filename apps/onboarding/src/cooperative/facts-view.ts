import { dayOf } from '../day';
import type { Cooperative } from './cooperative.schema';
import { type Grade, gradeOn } from './grade';

type Facts = Pick<
  Cooperative,
  | 'legalEntityNumber'
  | 'nikKoperasi'
  | 'website'
  | 'foundedOn'
  | 'annualMeetings'
  | 'boardPositions'
  | 'membershipCounts'
  | 'memberCooperatives'
  | 'revision'
>;

/** The grade of a cooperative by what was reported until now. */
export function gradeOf(
  { foundedOn, annualMeetings = [] }: Pick<Facts, 'foundedOn' | 'annualMeetings'>,
  at: Date,
): Grade {
  return gradeOn(dayOf(at), { foundedOn, bookYears: annualMeetings.map(({ bookYear }) => bookYear) });
}

/** The version of what people edit. */
export function revisionOf({ revision }: { revision?: number }): number {
  return revision ?? 1;
}

/** The facts of an organisation that people edit. */
export function viewFacts(facts: Facts, at: Date) {
  const { annualMeetings = [], membershipCounts } = facts;
  const meetings = [...annualMeetings].sort((a, b) => a.bookYear - b.bookYear);
  return {
    legalEntityNumber: facts.legalEntityNumber ?? null,
    nikKoperasi: facts.nikKoperasi ?? null,
    website: facts.website ?? null,
    foundedOn: facts.foundedOn ?? null,
    annualMeetings: meetings.map(({ bookYear, heldOn, source }) => ({ bookYear, heldOn: heldOn ?? null, source })),
    boardPositions: [...(facts.boardPositions ?? [])],
    membershipCounts: membershipCounts
      ? { men: membershipCounts.men, women: membershipCounts.women, founders: membershipCounts.founders ?? null }
      : null,
    memberCooperatives: [...(facts.memberCooperatives ?? [])],
    grade: gradeOf(facts, at),
    revision: revisionOf(facts),
  };
}
