import { createHash } from 'node:crypto';
import type { Cooperative } from '../cooperative/cooperative.schema';
import { legalKey } from '../cooperative/hard-keys';
import type { Person } from '../people/person.schema';
import type { Column } from './table';
import type { ReadRow, RowError, RowFields } from './row';

/** What is stored already and bears on a chunk of rows. */
export interface Stored {
  byImportKey: ReadonlyMap<string, Cooperative>;
  byLegalKey: ReadonlyMap<string, Cooperative>;
  byNikKey: ReadonlyMap<string, Cooperative>;
  peopleOf: ReadonlyMap<string, Person[]>;
}

/** What a row does. */
export type Outcome =
  | { kind: 'created'; read: ReadRow }
  | { kind: 'updated'; read: ReadRow; cooperative: Cooperative; adds: Partial<RowFields>; addsContact: boolean }
  | { kind: 'unchanged' }
  | { kind: 'duplicates'; errors: RowError[] }
  | { kind: 'rejected'; errors: RowError[] };

export type Judged = { row: number; read?: ReadRow; errors?: RowError[] };

const COLUMN_OF: Readonly<Record<keyof RowFields, Column>> = {
  name: 'name',
  form: 'form',
  type: 'type',
  regionCode: 'region_code',
  principle: 'principle',
  legalEntityNumber: 'legal_entity_number',
  nikKoperasi: 'nik_koperasi',
  website: 'website',
  foundedOn: 'founded_on',
  membershipRegions: 'membership_regions',
  declaredReadyOn: 'declared_ready_on',
  verifiedOn: 'verified_on',
};

/** Of rows with a key in common the first that can stand stands; a row without any key is one with its exact double. */
export class RowMarks {
  private readonly taken = new Set<string>();

  mark(entry: Judged): Judged {
    if (!entry.read) return entry;
    const { keys, fields, contact } = entry.read;
    const own = Object.entries(keys).map(([kind, key]) => `${kind}:${key}`);
    const marks = (own.length > 0 ? own : [JSON.stringify([fields, contact])]).map(shortHash);
    if (marks.some((mark) => this.taken.has(mark))) {
      return { row: entry.row, errors: [{ row: entry.row, column: keyColumn(entry.read), code: 'duplicate_in_file' }] };
    }
    for (const mark of marks) this.taken.add(mark);
    return entry;
  }
}

/** 84 bits: a hundred thousand rows are remembered in a few megabytes, and none is taken for another. */
function shortHash(mark: string): string {
  return createHash('sha256').update(mark).digest('base64').slice(0, 14);
}

/** Holds a row against what is stored: it creates, adds what is missing, changes nothing, or contradicts. */
export function planRow(
  { row, read, errors = [] }: Judged,
  stored: Stored,
  covers: (code: string) => boolean,
): Outcome {
  if (!read) {
    return { kind: errors.every(({ code }) => code === 'duplicate_in_file') ? 'duplicates' : 'rejected', errors };
  }
  const { importKey, legalKey: legal, nikKey: nik } = read.keys;
  const byLegal = legal ? stored.byLegalKey.get(legal) : undefined;
  const byNik = nik ? stored.byNikKey.get(nik) : undefined;
  // The row's key is the first that it has; a stored cooperative under another of its keys is somebody else.
  const known = importKey ? stored.byImportKey.get(importKey) : legal ? byLegal : byNik;
  const other = [byLegal, byNik].find((found) => found && found._id !== known?._id);
  if (other || (known && !covers(known.regionCode))) {
    const column =
      other && other === byNik && other !== byLegal ? 'nik_koperasi' : legal ? 'legal_entity_number' : keyColumn(read);
    return { kind: 'duplicates', errors: [{ row, column, code: 'duplicate_cooperative' }] };
  }
  if (!known) return { kind: 'created', read };
  return compare(read, known, stored.peopleOf.get(known._id) ?? []);
}

function compare(read: ReadRow, cooperative: Cooperative, people: readonly Person[]): Outcome {
  const differs: string[] = [];
  const adds: Partial<RowFields> = {};
  for (const [field, column] of Object.entries(COLUMN_OF) as [keyof RowFields, Column][]) {
    const given = read.fields[field];
    const kept = cooperative[field];
    if (given === undefined) continue;
    if (isBlank(kept)) Object.assign(adds, { [field]: given });
    else if (!same(field, given, kept)) differs.push(column);
  }
  // Only a draft is verified by a date: anything else is being, or was, decided by people.
  if (adds.verifiedOn && cooperative.registration !== 'draft') differs.push('verified_on');
  const contact = read.contact;
  const addresses = [
    ['contact_email', 'email', contact?.email],
    ['contact_phone', 'whatsapp', contact?.phone],
  ] as const;
  let addsContact = false;
  for (const [column, channel, address] of addresses) {
    if (!address) continue;
    const kept = people.flatMap(({ contacts }) => contacts).filter((point) => point.channel === channel);
    if (kept.length === 0) addsContact = true;
    else if (!kept.some((point) => point.address === address)) differs.push(column);
  }
  if (differs.length > 0) {
    return {
      kind: 'rejected',
      errors: differs.map((column) => ({ row: read.row, column, code: 'differs_from_stored' })),
    };
  }
  if (Object.keys(adds).length === 0 && !addsContact) return { kind: 'unchanged' };
  return { kind: 'updated', read, cooperative, adds, addsContact };
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function same(field: keyof RowFields, given: unknown, kept: unknown): boolean {
  if (field === 'legalEntityNumber') return legalKey(String(given)) === legalKey(String(kept));
  if (field === 'name') return String(given).toLowerCase() === String(kept).replace(/\s+/g, ' ').toLowerCase();
  if (Array.isArray(given)) return JSON.stringify(given) === JSON.stringify([...(kept as string[])]);
  return given === kept;
}

function keyColumn({ keys }: ReadRow): Column {
  if (keys.importKey) return 'external_id';
  if (keys.legalKey) return 'legal_entity_number';
  return keys.nikKey ? 'nik_koperasi' : 'name';
}
