import type { Cooperative } from '../cooperative/cooperative.schema';
import { legalKey, nikKey } from '../cooperative/hard-keys';
import type { AnnualMeeting } from '../cooperative/organisation-facts';
import type { EditProfileDto } from './edit-profile.dto';
import { verifiedFact } from './profile.templates';

const PLAIN = ['legalEntityNumber', 'nikKoperasi', 'website', 'foundedOn'] as const;

/** What an officer has looked at, the cooperative does not change by itself; what was missing it may add. */
export function refuseVerifiedFacts(cooperative: Cooperative, input: EditProfileDto): void {
  if (cooperative.registration !== 'verified') return;
  const { legalEntityNumber, nikKoperasi } = cooperative;
  const isLegalChanged =
    legalEntityNumber && input.legalEntityNumber && legalKey(legalEntityNumber) !== legalKey(input.legalEntityNumber);
  const isNikChanged = nikKoperasi && input.nikKoperasi && nikKey(nikKoperasi) !== nikKey(input.nikKoperasi);
  if (isLegalChanged) throw verifiedFact({ fact: 'legalEntityNumber' });
  if (isNikChanged) throw verifiedFact({ fact: 'nikKoperasi' });
}

/** Writes what differs into the cooperative. Answers the fields that did. */
export function applyProfile(
  cooperative: Cooperative,
  input: EditProfileDto,
  source: 'self' | 'officer',
  at: Date,
): string[] {
  const changed: string[] = [];
  for (const field of PLAIN) {
    const value = input[field];
    if (value === undefined || value === cooperative[field]) continue;
    cooperative[field] = value;
    changed.push(field);
  }
  const meetings = mergedMeetings(cooperative.annualMeetings ?? [], input.annualMeetings ?? [], source, at);
  if (meetings) {
    cooperative.annualMeetings = meetings;
    changed.push('annualMeetings');
  }
  for (const field of ['boardPositions', 'memberCooperatives'] as const) {
    const value = input[field];
    if (!value || [...value].sort().join() === [...(cooperative[field] ?? [])].sort().join()) continue;
    Object.assign(cooperative, { [field]: value });
    changed.push(field);
  }
  const { membershipCounts: counts } = input;
  const held = cooperative.membershipCounts;
  if (counts && (counts.men !== held?.men || counts.women !== held.women || counts.founders !== held.founders)) {
    const { men, women, founders = held?.founders } = counts;
    cooperative.membershipCounts = { men, women, ...(founders !== undefined && { founders }) };
    changed.push('membershipCounts');
  }
  if (changed.length > 0) {
    const said = Object.fromEntries(changed.map((field) => [SOURCE_KEY[field] ?? field, source]));
    cooperative.factSources = { ...cooperative.factSources, ...said };
  }
  return changed;
}

const SOURCE_KEY: Readonly<Record<string, string>> = {
  boardPositions: 'completeBoard',
  memberCooperatives: 'membershipCounts',
};

/** The meetings with the new ones, by book year; null where nothing differs. */
function mergedMeetings(
  held: readonly AnnualMeeting[],
  given: readonly { bookYear: number; heldOn?: string }[],
  source: 'self' | 'officer',
  reportedAt: Date,
): AnnualMeeting[] | null {
  const byYear = new Map(
    held.map(({ bookYear, heldOn, reportedAt: at, source: by }) => [
      bookYear,
      { bookYear, heldOn, reportedAt: at, source: by },
    ]),
  );
  let differs = false;
  for (const { bookYear, heldOn } of given) {
    const before = byYear.get(bookYear);
    if (before && (heldOn === undefined || before.heldOn === heldOn)) continue;
    byYear.set(bookYear, { bookYear, heldOn, reportedAt: before?.reportedAt ?? reportedAt, source });
    differs = true;
  }
  return differs ? [...byYear.values()] : null;
}
