import { Cooperative } from '../cooperative/cooperative.schema';
import type { Person } from '../people/person.schema';
import { type Judged, planRow, RowMarks, type Stored } from './plan';
import type { ReadRow, RowFields } from './row';

const fields: RowFields = { name: 'Koperasi Maju', form: 'primary', type: 'service', regionCode: '12.71' };

function judged(
  more: Partial<Omit<ReadRow, 'fields'>> & { fields?: Partial<RowFields> } = {},
): Judged & { read: ReadRow } {
  const row = more.row ?? 2;
  const at = new Date('2026-11-24T00:00:00Z');
  const read: ReadRow = {
    row,
    keys: { importKey: '12|A' },
    knownAt: at,
    historical: false,
    ...more,
    fields: { ...fields, ...more.fields },
  };
  return { row, read };
}

function cooperative(more: Partial<Cooperative> = {}): Cooperative {
  return Object.assign(new Cooperative(), { _id: 'stored', ...fields, registration: 'draft', ...more });
}

function stored(found: Cooperative | undefined, people: Person[] = []): Stored {
  const by = (key: string | undefined) => new Map(found && key ? [[key, found]] : []);
  return {
    byImportKey: by(found?.importKey),
    byLegalKey: by(found?.legalKey),
    byNikKey: by(found?.nikKey),
    peopleOf: new Map(found ? [[found._id, people]] : []),
  };
}

const mine = (code: string) => code.startsWith('12');
const siti = { contacts: [{ channel: 'email', address: 'siti@maju.example' }] } as Person;

describe(planRow.name, () => {
  it('creates what is not known', () => {
    expect(planRow(judged(), stored(undefined), mine).kind).toBe('created');
  });

  it.each<[string, Partial<Cooperative>, Partial<ReadRow> & { fields?: never }, Partial<RowFields>, string]>([
    ['the same again', {}, {}, {}, 'unchanged'],
    ['the same name in other letters', { name: 'KOPERASI  MAJU' }, {}, {}, 'unchanged'],
    ['a missing date', {}, {}, { declaredReadyOn: '2020-10-08' }, 'updated'],
    ['a blank', {}, {}, { website: 'https://maju.example' }, 'updated'],
    ['a verification of a draft', {}, {}, { verifiedOn: '2020-10-08' }, 'updated'],
    [
      'a verification of what is in review',
      { registration: 'in_review' },
      {},
      { verifiedOn: '2020-10-08' },
      'rejected',
    ],
    ['another name', {}, {}, { name: 'Koperasi Mundur' }, 'rejected'],
    ['another date', { declaredReadyOn: '2020-10-07' }, {}, { declaredReadyOn: '2020-10-08' }, 'rejected'],
    ['another region', {}, {}, { regionCode: '12.72' }, 'rejected'],
    ['a new contact', {}, { contact: { name: 'Siti', phone: '+6281234567890' } }, {}, 'updated'],
    ['the known contact', {}, { contact: { name: 'Siti', email: 'siti@maju.example' } }, {}, 'unchanged'],
    ['another contact', {}, { contact: { name: 'Siti', email: 'ani@maju.example' } }, {}, 'rejected'],
  ])('with %s', (_case, kept, row, given, kind) => {
    const found = cooperative({ importKey: '12|A', ...kept });
    const outcome = planRow(judged({ ...row, fields: given }), stored(found, [siti]), mine);
    expect(outcome.kind).toBe(kind);
    if (outcome.kind === 'rejected') expect(outcome.errors).toMatchObject([{ row: 2, code: 'differs_from_stored' }]);
  });

  it('compares legal numbers, not how they are written', () => {
    const found = cooperative({ legalEntityNumber: '518/BH/2009', legalKey: '518/BH/2009' });
    const row = judged({ keys: { legalKey: '518/BH/2009' }, fields: { legalEntityNumber: 'No. 518-bh-2009' } });
    expect(planRow(row, stored(found), mine).kind).toBe('unchanged');
  });

  it.each<[string, Partial<Cooperative>, ReadRow['keys'], string]>([
    [
      'another record holds the legal number',
      { legalKey: 'X' },
      { importKey: '12|A', legalKey: 'X' },
      'legal_entity_number',
    ],
    ['another record holds the nikKoperasi', { nikKey: '1' }, { importKey: '12|A', nikKey: '1' }, 'nik_koperasi'],
    [
      'the record lies in another territory',
      { legalKey: 'X', regionCode: '13' },
      { legalKey: 'X' },
      'legal_entity_number',
    ],
  ])('finds a duplicate where %s', (_case, kept, keys, column) => {
    expect(planRow(judged({ keys }), stored(cooperative(kept)), mine)).toEqual({
      kind: 'duplicates',
      errors: [{ row: 2, column, code: 'duplicate_cooperative' }],
    });
  });
});

describe(RowMarks.name, () => {
  const markAll = (rows: Judged[]) => {
    const marks = new RowMarks();
    return rows.map((row) => marks.mark(row));
  };

  it('lets the first stand, by any key in common', () => {
    const rows = [
      judged({ row: 2, keys: { importKey: '12|A', legalKey: 'X' } }),
      judged({ row: 3, keys: { importKey: '12|B', legalKey: 'X' } }),
      judged({ row: 4, keys: { importKey: '12|B' } }),
      judged({ row: 5, keys: { importKey: '12|A' } }),
    ];
    expect(markAll(rows).map(({ row, errors }) => [row, errors?.[0]?.column])).toEqual([
      [2, undefined],
      [3, 'external_id'],
      [4, undefined],
      [5, 'external_id'],
    ]);
  });

  it('does not let a rejected row stand in the way', () => {
    const rejected = { row: 2, errors: [{ row: 2, column: 'form', code: 'not_allowed' }] };
    expect(markAll([rejected, judged({ row: 3 })])[1]?.errors).toBeUndefined();
  });

  it('takes rows without keys for one only where they are exact doubles', () => {
    const rows = [
      judged({ row: 2, keys: {} }),
      judged({ row: 3, keys: {} }),
      judged({ row: 4, keys: {}, fields: { name: 'Koperasi Lain' } }),
    ];
    expect(markAll(rows).map(({ errors }) => errors?.[0]?.code)).toEqual([undefined, 'duplicate_in_file', undefined]);
  });
});
