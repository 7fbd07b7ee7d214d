import type { CooperativeType } from '@idxcoop/contracts';

/** A class of cooperatives of before the five legal types: how it is written, and the type that it is now. */
interface OldClass {
  /** Abbreviations, as one word each. */
  short: readonly string[];
  /** What stands after "Koperasi" where it is written out. */
  long: readonly string[];
  type: CooperativeType;
}

/**
 * Local data still sorts cooperatives by who is in them; the law knows five types by what they do. Savings and loans are told
 * by their name; who farms, fishes or makes things produces; shops and loans for the staff of one employer, for women, for
 * traders of a market, for the police or a pesantren serve their members as consumers.
 */
export const OLD_CLASSES: readonly OldClass[] = [
  { short: ['kud'], long: ['unit desa'], type: 'producer' },
  { short: ['ksu'], long: ['serba usaha'], type: 'consumer' },
  { short: ['kopwan'], long: ['wanita'], type: 'consumer' },
  {
    short: ['kpri', 'kpn'],
    long: ['pegawai republik indonesia', 'pegawai negeri sipil', 'pegawai negeri'],
    type: 'consumer',
  },
  { short: ['kopkar'], long: ['karyawan'], type: 'consumer' },
  { short: ['koptan'], long: ['tani'], type: 'producer' },
  { short: ['kopas', 'koppas'], long: ['pasar'], type: 'consumer' },
  { short: ['kjks', 'ujks'], long: ['jasa keuangan syariah'], type: 'savings_loan' },
  {
    short: ['ksp', 'kspps', 'usp', 'uspps'],
    long: [
      'simpan pinjam dan pembiayaan syariah',
      'simpan pinjam pembiayaan syariah',
      'simpan pinjam syariah',
      'simpan pinjam',
    ],
    type: 'savings_loan',
  },
  { short: ['primkoppol', 'primkopol'], long: ['kepolisian', 'polisi'], type: 'consumer' },
  { short: ['koppontren', 'kopontren'], long: ['pondok pesantren'], type: 'consumer' },
  { short: ['kopinkra'], long: ['industri kerajinan rakyat', 'industri kerajinan'], type: 'producer' },
  { short: ['kopnel'], long: ['nelayan'], type: 'producer' },
];

/** The legal types as the law words them. */
const LEGAL_WORDS: Readonly<Record<string, CooperativeType>> = {
  konsumen: 'consumer',
  produsen: 'producer',
  pemasaran: 'marketing',
  jasa: 'service',
};

const TYPE_OF: ReadonlyMap<string, CooperativeType> = new Map([
  ...Object.entries(LEGAL_WORDS),
  ...OLD_CLASSES.flatMap(({ short, long, type }) => [...short, ...long].map((word) => [word, type] as const)),
]);

/** The legal type of an old class or of an Indonesian word: `KUD`, `Koperasi Simpan Pinjam`, `konsumen`; undefined for others. */
export function typeOfClass(text: string): CooperativeType | undefined {
  const words = text
    .toLowerCase()
    .replaceAll('.', '')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^(koperasi|kop) /, '');
  return TYPE_OF.get(words);
}
