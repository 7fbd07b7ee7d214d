import type { Language, Text } from '@idxcoop/platform';
import { controlCharacters } from '../free-text.templates';

/** What the error lines of an import say; they never repeat a value. */
const ROW_TEXTS: Readonly<Record<string, Text>> = {
  required: { id: 'wajib diisi', en: 'is required' },
  not_allowed: { id: 'bukan salah satu pilihan yang berlaku', en: 'is none of the choices' },
  too_long: { id: 'terlalu panjang', en: 'is too long' },
  too_many_cells: {
    id: 'baris memiliki sel lebih banyak daripada judul kolom',
    en: 'the row has more cells than the header',
  },
  bad_format: { id: 'bentuknya tidak sesuai', en: 'does not have the right form' },
  unknown_region: {
    id: 'bukan kode wilayah Kemendagri yang berlaku',
    en: 'is not a region code of the Ministry of Home Affairs',
  },
  too_many_regions: { id: 'paling banyak 100 kode wilayah', en: 'takes 100 region codes at most' },
  outside_territory: { id: 'di luar wilayah pengunggah', en: 'is outside the territory of the uploader' },
  not_url: { id: 'bukan alamat web', en: 'is not a web address' },
  not_email: { id: 'bukan alamat surel', en: 'is not an e-mail address' },
  not_mobile: { id: 'bukan nomor ponsel yang sah', en: 'is not a valid mobile number' },
  bad_date: {
    id: 'bukan tanggal yang sah (tulis seperti 2020-10-08)',
    en: 'is not a valid date (write it like 2020-10-08)',
  },
  date_in_future: { id: 'tanggal belum tiba', en: 'the date is in the future' },
  known_at_not_allowed: {
    id: 'hanya kementerian, dan hanya untuk tanggal sebelum sistem mulai berjalan',
    en: 'only for the ministry, and only for dates before the system went live',
  },
  known_before_effective: {
    id: 'lebih awal daripada tanggal kejadiannya sendiri',
    en: 'is earlier than the date of what was learnt',
  },
  control_characters: controlCharacters,
  duplicate_in_file: { id: 'sama dengan baris di atasnya', en: 'is the same as a row above' },
  duplicate_cooperative: { id: 'koperasi ini sudah terdaftar', en: 'this cooperative is already registered' },
  differs_from_stored: { id: 'berbeda dari data yang tersimpan', en: 'differs from what is stored' },
  others_rejected: {
    id: 'tidak diproses karena ada baris lain yang salah',
    en: 'not taken because other rows are wrong',
  },
};

export function rowText(code: string, language: Language): string {
  return (ROW_TEXTS[code] ?? { id: 'tidak sesuai', en: 'is not right' })[language];
}

type HeaderCode =
  | 'unknown_column'
  | 'missing_column'
  | 'repeated_column'
  | 'empty_file'
  | 'unclosed_quote'
  | 'damaged_file'
  | 'too_large_inside'
  | 'too_many_rows';

/** What is wrong with a file as a whole. */
export function headerText(code: HeaderCode, detail: string): Text {
  switch (code) {
    case 'unknown_column':
      return { id: `kolom "${detail}" tidak dikenal`, en: `the column "${detail}" is not known` };
    case 'missing_column':
      return { id: `kolom "${detail}" tidak ada`, en: `the column "${detail}" is missing` };
    case 'repeated_column':
      return { id: `kolom "${detail}" muncul lebih dari sekali`, en: `the column "${detail}" stands more than once` };
    case 'empty_file':
      return { id: 'berkas tidak berisi baris', en: 'the file has no rows' };
    case 'unclosed_quote':
      return {
        id: `tanda kutip pada baris ${detail} tidak ditutup`,
        en: `a quotation mark in row ${detail} is not closed`,
      };
    case 'damaged_file':
      return { id: 'berkas rusak atau bukan lembar kerja XLSX', en: 'the file is damaged or no XLSX workbook' };
    case 'too_large_inside':
      return { id: 'isi lembar kerja terlalu besar', en: 'the sheet is too large once unpacked' };
    case 'too_many_rows':
      return { id: `paling banyak ${detail} baris`, en: `at most ${detail} rows` };
  }
}

/** What is said about a form with more than the one file. */
export const notOneFile = {
  code: 'not_one_file',
  id: 'kirim tepat satu berkas dan tidak ada yang lain',
  en: 'send exactly one file and nothing else',
};
