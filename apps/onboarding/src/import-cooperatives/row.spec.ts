import { Regions } from '@idxcoop/platform';
import type { Row } from './table';
import { readRow, type Upload } from './row';

const AT = new Date('2026-11-24T03:00:00.000Z');
const upload: Upload = {
  territory: '12',
  covers: (code) => code === '12' || code.startsWith('12.'),
  regions: new Regions(),
  mayBackdate: false,
  liveSince: '2026-01-01',
  at: AT,
};
const ministry: Upload = { ...upload, territory: 'ID', covers: () => true, mayBackdate: true };
const cells = { name: 'Maju', form: 'primary', type: 'service', region_code: '12.71' };
const row = (more: Row['cells'] = {}): Row => ({ row: 2, cells: { ...cells, ...more }, overflow: false });

describe(readRow.name, () => {
  it('reads a small row', () => {
    expect(readRow(row(), upload)).toEqual({
      read: {
        row: 2,
        fields: { name: 'Maju', form: 'primary', type: 'service', regionCode: '12.71' },
        keys: {},
        knownAt: AT,
        historical: false,
      },
    });
  });

  it('reads everything in the form in which it is kept', () => {
    const full = row({
      external_id: 'A-1',
      principle: 'Sharia',
      legal_entity_number: 'No. 518/BH/2009',
      nik_koperasi: '1271 0100 10001',
      website: 'maju.example',
      contact_email: 'Siti@Maju.Example',
      contact_phone: '0812-3456-7890',
      declared_ready_on: '2026-10-08',
      verified_on: '2026-10-09',
      consent_version: '2020-10',
      membership_regions: '12.71;12.72',
    });
    expect(readRow(full, upload)).toMatchObject({
      read: {
        fields: {
          principle: 'sharia',
          nikKoperasi: '1271010010001',
          website: 'https://maju.example',
          membershipRegions: ['12.71', '12.72'],
        },
        keys: { importKey: '12|A-1', legalKey: '518/BH/2009', nikKey: '1271010010001' },
        contact: { name: 'Maju', email: 'siti@maju.example', phone: '+6281234567890' },
        consent: { version: '2020-10', givenOn: '2026-11-24' },
      },
    });
  });

  it('resolves an old region code', () => {
    expect(readRow(row({ region_code: '91.01' }), ministry)).toMatchObject({
      read: { fields: { regionCode: '93.01' } },
    });
  });

  it.each<[string, string, Row['cells']]>([
    ['required', 'name', { name: undefined }],
    ['not_allowed', 'form', { form: 'koperasi' }],
    ['not_allowed', 'type', { type: 'bank' }],
    ['not_allowed', 'principle', { principle: 'other' }],
    ['unknown_region', 'region_code', { region_code: '12.99' }],
    ['outside_territory', 'region_code', { region_code: '13' }],
    ['bad_format', 'nik_koperasi', { nik_koperasi: '123456789' }],
    ['bad_format', 'legal_entity_number', { legal_entity_number: '---' }],
    ['not_url', 'website', { website: 'tidak ada' }],
    ['not_url', 'website', { website: 'ftp://maju.example' }],
    ['not_email', 'contact_email', { contact_email: 'siti@' }],
    ['not_mobile', 'contact_phone', { contact_phone: '021-5290999' }],
    ['bad_date', 'declared_ready_on', { declared_ready_on: '2026-02-30' }],
    ['bad_date', 'verified_on', { verified_on: '08/10/2020' }],
    ['date_in_future', 'verified_on', { verified_on: '2026-11-25' }],
    ['too_long', 'name', { name: 'x'.repeat(201) }],
    ['unknown_region', 'membership_regions', { membership_regions: '12.71 99' }],
    ['too_many_regions', 'membership_regions', { membership_regions: '12.71 '.repeat(101).trim() }],
    ['known_at_not_allowed', 'known_at', { known_at: '2020-10-08', declared_ready_on: '2020-10-08' }],
  ])('answers %s at %s', (code, column, more) => {
    expect(readRow(row(more), upload)).toEqual({ errors: [{ row: 2, column, code }] });
  });

  it('says everything that is wrong with a row at once, and never its values', () => {
    const judged = readRow(row({ form: 'rahasia', type: 'rahasia', contact_phone: 'rahasia' }), upload);
    expect('errors' in judged && judged.errors.map(({ column }) => column)).toEqual(['form', 'type', 'contact_phone']);
    expect(JSON.stringify(judged)).not.toContain('rahasia');
  });

  it.each(['name', 'external_id', 'contact_name', 'contact_position', 'consent_version', 'website'])(
    'refuses control characters in %s',
    (column) => {
      const judged = readRow(row({ [column]: 'https://a.example/\u0007x' }), upload);
      expect(judged).toMatchObject({ errors: [{ row: 2, column, code: 'control_characters' }] });
    },
  );

  it('refuses cells beyond the header', () => {
    expect(readRow({ ...row(), overflow: true }, upload)).toEqual({
      errors: [{ row: 2, column: '', code: 'too_many_cells' }],
    });
  });

  describe('known_at', () => {
    it.each([
      ['a day means its close in Jakarta', '2020-10-08', '2020-10-08T16:59:59.999Z'],
      ['an instant stands as it is', '2020-10-09T08:00:00+07:00', '2020-10-09T01:00:00.000Z'],
    ])('%s', (_case, known_at, at) => {
      const judged = readRow(row({ known_at, declared_ready_on: '2020-10-08' }), ministry);
      expect(judged).toMatchObject({ read: { knownAt: new Date(at), historical: true } });
    });

    it.each([
      ['an effective date since the first start', { declared_ready_on: '2026-01-01' }],
      ['one of two dates since the first start', { declared_ready_on: '2020-10-08', verified_on: '2026-03-01' }],
      ['no effective date', {}],
    ])('is refused with %s', (_case, dates) => {
      const judged = readRow(row({ known_at: '2026-02-01', ...dates }), ministry);
      expect(judged).toEqual({ errors: [{ row: 2, column: 'known_at', code: 'known_at_not_allowed' }] });
    });

    it.each<[string, object]>([
      ['the declaration', { declared_ready_on: '2020-10-09' }],
      ['one of two dates', { declared_ready_on: '2020-10-01', verified_on: '2020-10-20' }],
    ])('is not before %s', (_case, dates) => {
      const judged = readRow(row({ known_at: '2020-10-08', ...dates }), ministry);
      expect(judged).toEqual({ errors: [{ row: 2, column: 'known_at', code: 'known_before_effective' }] });
    });

    it('is not in the future and is a date', () => {
      const codes = ['2027-01-01', 'kemarin'].map((known_at) =>
        readRow(row({ known_at, declared_ready_on: '2020-10-08' }), ministry),
      );
      expect(codes).toMatchObject([{ errors: [{ code: 'date_in_future' }] }, { errors: [{ code: 'bad_date' }] }]);
    });
  });
});
