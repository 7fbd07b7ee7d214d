import { problem } from '@idxcoop/platform';

export const verifiedFact = problem('verified_fact', 409, {
  id: 'Data ini sudah diverifikasi; perubahan hanya lewat dinas',
  en: 'This was verified; only the office can change it',
});

/** Why a field of the profile is refused, by its code. */
export const PROFILE_FAULTS = {
  future_date: { id: 'tanggal belum tiba', en: 'lies in the future' },
  not_closed_yet: { id: 'tahun buku belum ditutup', en: 'the book year is not closed yet' },
  before_founding: { id: 'sebelum koperasi berdiri', en: 'is before the cooperative was founded' },
  before_book_year_end: {
    id: 'RAT diadakan setelah tahun buku ditutup',
    en: 'the meeting is held after the book year closes',
  },
  older_year_through_office: {
    id: 'tahun buku yang lebih lama dilaporkan lewat dinas',
    en: 'older book years are reported through the office',
  },
  too_few_founders: {
    id: 'koperasi primer didirikan sekurangnya 9 orang',
    en: 'a primary cooperative has at least 9 founders',
  },
  too_few_members: {
    id: 'koperasi sekunder beranggotakan sekurangnya 3 koperasi',
    en: 'a secondary cooperative has at least 3 cooperatives as members',
  },
  not_for_this_form: { id: 'tidak berlaku untuk bentuk koperasi ini', en: 'is not for this form of cooperative' },
  unknown_cooperative: { id: 'koperasi tidak dikenal', en: 'is no cooperative that is known' },
} as const;
