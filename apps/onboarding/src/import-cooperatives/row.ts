import { COOPERATIVE_FORMS, COOPERATIVE_TYPES, type CooperativeForm, type CooperativeType } from '@idxcoop/contracts';
import type { Regions } from '@idxcoop/platform';
import { isEmail } from 'class-validator';
import type { Principle } from '../cooperative/cooperative.schema';
import { PRINCIPLES } from '../cooperative/cooperative.schema';
import { legalKey, NIK_KOPERASI, nikKey } from '../cooperative/hard-keys';
import { readWebsite } from '../cooperative/website';
import { closeOf, dayOf, isDay, readInstant } from '../day';
import { hasControls } from '../one-line';
import { mobileNumber } from '../people/phone';
import { typeOfClass } from '../duplicates/old-classes';
import type { Column, Row } from './table';

/** What is known about the upload while a row is judged. */
export interface Upload {
  territory: string;
  covers(regionCode: string): boolean;
  regions: Pick<Regions, 'resolve'>;
  /** Role `ministry`: may say when the programme learnt it. */
  mayBackdate: boolean;
  liveSince: string;
  at: Date;
}

export interface RowError {
  row: number;
  column: string;
  code: string;
}

/** Organisation facts of a row, in the form in which they are kept. */
export interface RowFields {
  name: string;
  form: CooperativeForm;
  type: CooperativeType;
  regionCode: string;
  principle?: Principle;
  legalEntityNumber?: string;
  nikKoperasi?: string;
  website?: string;
  foundedOn?: string;
  membershipRegions?: string[];
  declaredReadyOn?: string;
  verifiedOn?: string;
}

/** A row that can stand; what is stored may still speak against it. */
export interface ReadRow {
  row: number;
  fields: RowFields;
  keys: { importKey?: string; legalKey?: string; nikKey?: string };
  contact?: { name: string; position?: string; email?: string; phone?: string };
  consent?: { version: string; givenOn: string };
  knownAt: Date;
  historical: boolean;
}

const MOST_REGIONS = 100;

const LONGEST = {
  name: 200,
  external_id: 100,
  legal_entity_number: 100,
  contact_name: 120,
  contact_position: 60,
  consent_version: 40,
};

/** Holds a row against the rules that need no database. */
export function readRow({ row, cells, overflow }: Row, upload: Upload): { read: ReadRow } | { errors: RowError[] } {
  const errors: RowError[] = overflow ? [{ row, column: '', code: 'too_many_cells' }] : [];
  const fail = (column: Column, code: string): undefined => {
    errors.push({ row, column, code });
  };
  const get = <T>(column: Column, code: string, read: (text: string) => T | null | undefined): T | undefined => {
    const cell = cells[column];
    if (cell === undefined) return undefined;
    return read(cell) ?? fail(column, code);
  };
  const must = <T>(column: Column, code: string, read: (text: string) => T | null | undefined): T | undefined =>
    cells[column] === undefined ? fail(column, 'required') : get(column, code, read);
  const oneOf =
    <T extends string>(values: readonly T[]) =>
    (text: string) =>
      values.find((value) => value === text.toLowerCase());
  const today = dayOf(upload.at);
  const pastDay = (column: Column) => {
    const day = get(column, 'bad_date', (text) => (isDay(text) ? text : null));
    return day !== undefined && day > today ? fail(column, 'date_in_future') : day;
  };

  for (const [column, longest] of Object.entries(LONGEST)) {
    if ((cells[column as Column]?.length ?? 0) > longest) fail(column as Column, 'too_long');
  }
  for (const [column, cell] of Object.entries(cells)) {
    if (hasControls(cell)) fail(column as Column, 'control_characters');
  }
  const name = must('name', 'required', (text) => text);
  const form = must('form', 'not_allowed', oneOf(COOPERATIVE_FORMS));
  const type = must('type', 'not_allowed', (text) => oneOf(COOPERATIVE_TYPES)(text) ?? typeOfClass(text));
  const regionCode = must('region_code', 'unknown_region', (text) => upload.regions.resolve(regionText(text)));
  if (regionCode !== undefined && !upload.covers(regionCode)) fail('region_code', 'outside_territory');
  const legalEntityNumber = get('legal_entity_number', 'bad_format', (text) => (legalKey(text) ? text : null));
  const nikKoperasi = get('nik_koperasi', 'bad_format', (text) =>
    NIK_KOPERASI.test(nikKey(text)) ? nikKey(text) : null,
  );
  const membershipRegions = get('membership_regions', 'unknown_region', (text) => {
    const given = text.split(/[\s,;|]+/);
    if (given.length > MOST_REGIONS) {
      fail('membership_regions', 'too_many_regions');
      return [];
    }
    const codes = given.map((code) => upload.regions.resolve(regionText(code)));
    return codes.every((code) => code !== null) ? codes : null;
  });
  const fields = defined({
    name,
    form,
    type,
    regionCode,
    principle: get('principle', 'not_allowed', oneOf(PRINCIPLES)),
    legalEntityNumber,
    nikKoperasi,
    website: get('website', 'not_url', readWebsite),
    foundedOn: pastDay('founded_on'),
    membershipRegions,
    declaredReadyOn: pastDay('declared_ready_on'),
    verifiedOn: pastDay('verified_on'),
  });
  const email = get('contact_email', 'not_email', (text) => (isEmail(text) ? text.toLowerCase() : null));
  const phone = get('contact_phone', 'not_mobile', (text) => mobileNumber(text));
  const consentOn = pastDay('consent_on');
  const knownAt = readKnownAt(cells.known_at, fields, upload);
  if (typeof knownAt === 'string') fail('known_at', knownAt);
  if (errors.length > 0) return { errors };

  const version = cells.consent_version;
  return {
    read: {
      row,
      fields: fields as RowFields,
      keys: defined({
        importKey: cells.external_id && `${upload.territory}|${cells.external_id}`,
        legalKey: legalEntityNumber && legalKey(legalEntityNumber),
        nikKey: nikKoperasi,
      }),
      ...((email ?? phone) && {
        // Without a name the message greets the cooperative.
        contact: defined({
          name: cells.contact_name ?? (name as string),
          position: cells.contact_position,
          email,
          phone,
        }),
      }),
      ...(version && { consent: { version, givenOn: consentOn ?? today } }),
      knownAt: knownAt instanceof Date ? knownAt : upload.at,
      historical: knownAt instanceof Date,
    },
  };
}

/** A spreadsheet takes `12.10` for a number and keeps 12.1. */
function regionText(text: string): string {
  return /^\d{2}\.\d$/.test(text) ? `${text}0` : text;
}

/** When the programme learnt of the row: an instant, the code of an error, or undefined where it is now. */
function readKnownAt(cell: string | undefined, fields: Partial<RowFields>, upload: Upload): Date | string | undefined {
  if (cell === undefined) return undefined;
  const at = isDay(cell) ? closeOf(cell) : readInstant(cell);
  if (!at) return 'bad_date';
  const dates = [fields.declaredReadyOn, fields.verifiedOn].filter((day) => day !== undefined);
  // Without an effective date the row would be true from today on, and today is not before the first start.
  const beforeLive = dates.length > 0 && dates.every((day) => day < upload.liveSince);
  if (!upload.mayBackdate || !beforeLive) return 'known_at_not_allowed';
  if (at > upload.at) return 'date_in_future';
  return dates.some((day) => day > dayOf(at)) ? 'known_before_effective' : at;
}

function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
