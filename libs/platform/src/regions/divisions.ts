/** How deep a code reaches: `12`, `12.71`, `12.71.05`, `12.71.05.1003`. */
export const REGION_LEVELS = ['province', 'regency', 'district', 'village'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

const JAKARTA = 'Asia/Jakarta';
const MAKASSAR = 'Asia/Makassar';
const JAYAPURA = 'Asia/Jayapura';

/** A province of today, with its zone and, where it is younger than the programme, its birth. */
export interface ProvinceEntry {
  code: string;
  name: string;
  timeZone: string;
  validFrom?: string;
  predecessor?: string;
}

const province = (code: string, name: string, timeZone: string, validFrom?: string, predecessor?: string) => ({
  code,
  name,
  timeZone,
  ...(validFrom ? { validFrom, predecessor } : {}),
});

/** Laws 14, 15 and 16 of 2022 split Papua, law 29 of 2022 split West Papua. */
const JULY_2022 = '2022-07-25';
const DECEMBER_2022 = '2022-12-08';

export const PROVINCES: readonly ProvinceEntry[] = [
  province('11', 'Aceh', JAKARTA),
  province('12', 'Sumatera Utara', JAKARTA),
  province('13', 'Sumatera Barat', JAKARTA),
  province('14', 'Riau', JAKARTA),
  province('15', 'Jambi', JAKARTA),
  province('16', 'Sumatera Selatan', JAKARTA),
  province('17', 'Bengkulu', JAKARTA),
  province('18', 'Lampung', JAKARTA),
  province('19', 'Kepulauan Bangka Belitung', JAKARTA),
  province('21', 'Kepulauan Riau', JAKARTA),
  province('31', 'DKI Jakarta', JAKARTA),
  province('32', 'Jawa Barat', JAKARTA),
  province('33', 'Jawa Tengah', JAKARTA),
  province('34', 'DI Yogyakarta', JAKARTA),
  province('35', 'Jawa Timur', JAKARTA),
  province('36', 'Banten', JAKARTA),
  province('51', 'Bali', MAKASSAR),
  province('52', 'Nusa Tenggara Barat', MAKASSAR),
  province('53', 'Nusa Tenggara Timur', MAKASSAR),
  province('61', 'Kalimantan Barat', JAKARTA),
  province('62', 'Kalimantan Tengah', JAKARTA),
  province('63', 'Kalimantan Selatan', MAKASSAR),
  province('64', 'Kalimantan Timur', MAKASSAR),
  province('65', 'Kalimantan Utara', MAKASSAR),
  province('71', 'Sulawesi Utara', MAKASSAR),
  province('72', 'Sulawesi Tengah', MAKASSAR),
  province('73', 'Sulawesi Selatan', MAKASSAR),
  province('74', 'Sulawesi Tenggara', MAKASSAR),
  province('75', 'Gorontalo', MAKASSAR),
  province('76', 'Sulawesi Barat', MAKASSAR),
  province('81', 'Maluku', JAYAPURA),
  province('82', 'Maluku Utara', JAYAPURA),
  province('91', 'Papua', JAYAPURA),
  province('92', 'Papua Barat', JAYAPURA),
  province('93', 'Papua Selatan', JAYAPURA, JULY_2022, '91'),
  province('94', 'Papua Tengah', JAYAPURA, JULY_2022, '91'),
  province('95', 'Papua Pegunungan', JAYAPURA, JULY_2022, '91'),
  province('96', 'Papua Barat Daya', JAYAPURA, DECEMBER_2022, '92'),
];

/**
 * Regencies that the two splits moved: old code, new code. Their districts were numbered anew (Uwapa was 91.04.06 and is
 * 94.01.04), so an old district or village code has no successor that could be told from its digits, and is unknown.
 */
export const MOVED_REGENCIES: readonly (readonly [from: string, to: string])[] = [
  ['91.01', '93.01'],
  ['91.16', '93.02'],
  ['91.17', '93.03'],
  ['91.18', '93.04'],
  ['91.04', '94.01'],
  ['91.07', '94.02'],
  ['91.08', '94.03'],
  ['91.09', '94.04'],
  ['91.25', '94.05'],
  ['91.26', '94.06'],
  ['91.27', '94.07'],
  ['91.28', '94.08'],
  ['91.02', '95.01'],
  ['91.12', '95.02'],
  ['91.13', '95.03'],
  ['91.14', '95.04'],
  ['91.21', '95.05'],
  ['91.22', '95.06'],
  ['91.23', '95.07'],
  ['91.24', '95.08'],
  ['92.01', '96.01'],
  ['92.04', '96.02'],
  ['92.05', '96.03'],
  ['92.09', '96.04'],
  ['92.10', '96.05'],
  ['92.71', '96.71'],
];
