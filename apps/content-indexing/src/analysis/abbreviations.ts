/** One meaning that is written as an abbreviation or in full. Its canonical token is `#` and the short form. */
export interface Abbreviation {
  short: string;
  /** The full forms, as people write them. */
  full: readonly string[];
  /** Only capitals mean the abbreviation in a text: `RAT` is a meeting, `rat` is not; `SOP` is no soup. */
  capitals?: true;
}

const abbr = (short: string, ...full: string[]): Abbreviation => ({ short, full });
const capital = (short: string, ...full: string[]): Abbreviation => ({ short, full, capitals: true });

/**
 * The abbreviations of the cooperative's world. The meaning is the one of this domain: NIK is the cooperative's Nomor Induk
 * Koperasi, and the citizen's Nomor Induk Kependudukan has a token of its own.
 */
export const ABBREVIATIONS: readonly Abbreviation[] = [
  abbr('shu', 'sisa hasil usaha'),
  capital('rat', 'rapat anggota tahunan'),
  capital('ralb', 'rapat anggota luar biasa'),
  abbr('ksp', 'koperasi simpan pinjam'),
  abbr('kspps', 'koperasi simpan pinjam dan pembiayaan syariah', 'koperasi simpan pinjam pembiayaan syariah'),
  abbr('usp', 'unit simpan pinjam'),
  abbr('uspps', 'unit simpan pinjam dan pembiayaan syariah', 'unit simpan pinjam pembiayaan syariah'),
  abbr('ksu', 'koperasi serba usaha'),
  abbr('kud', 'koperasi unit desa'),
  abbr('kpri', 'koperasi pegawai republik indonesia', 'koperasi pegawai negeri'),
  abbr('kdmp', 'koperasi desa merah putih', 'koperasi merah putih', 'kopdes merah putih', 'kopdes'),
  abbr('bmt', 'baitul maal wat tamwil', 'baitul mal wat tamwil'),
  abbr('dps', 'dewan pengawas syariah'),
  abbr('nik', 'nomor induk koperasi', 'sertifikat nik'),
  abbr('nik-penduduk', 'nomor induk kependudukan', 'nik ktp'),
  abbr('nib', 'nomor induk berusaha'),
  abbr('oss', 'online single submission'),
  abbr('ods', 'online data system'),
  abbr('kbli', 'klasifikasi baku lapangan usaha indonesia', 'klasifikasi baku lapangan usaha'),
  abbr('npwp', 'nomor pokok wajib pajak'),
  abbr('pph', 'pajak penghasilan'),
  abbr('ppn', 'pajak pertambahan nilai'),
  capital('kur', 'kredit usaha rakyat'),
  abbr('lpdb', 'lembaga pengelola dana bergulir', 'lpdb kumkm', 'lpdb koperasi', 'dana bergulir'),
  abbr(
    'umkm',
    'usaha mikro kecil dan menengah',
    'usaha mikro kecil menengah',
    'ukm',
    'usaha kecil dan menengah',
    'usaha kecil menengah',
  ),
  abbr(
    'adart',
    'ad/art',
    'ad art',
    'anggaran dasar dan anggaran rumah tangga',
    'anggaran dasar anggaran rumah tangga',
    'anggaran dasar',
  ),
  abbr('rapb', 'rencana anggaran pendapatan dan belanja', 'rencana anggaran pendapatan belanja', 'rapbk'),
  capital('rak', 'rapat anggota khusus', 'rencana anggaran koperasi'),
  capital('sak', 'standar akuntansi keuangan', 'sak ep', 'sak etap'),
  capital('sop', 'prosedur operasional standar', 'standar operasional prosedur', 'pos standar'),
  capital('som', 'standar operasional manajemen'),
  abbr('ojk', 'otoritas jasa keuangan'),
  abbr('pdp', 'pelindungan data pribadi', 'perlindungan data pribadi', 'uu pdp'),
  abbr('pse', 'penyelenggara sistem elektronik'),
  abbr('qris', 'quick response code indonesian standard'),
  abbr('ktp', 'kartu tanda penduduk'),
  abbr('npl', 'non performing loan', 'kredit macet', 'pinjaman macet', 'kredit bermasalah', 'pinjaman bermasalah'),
  abbr('bumdes', 'badan usaha milik desa'),
  abbr('pinjol', 'pinjaman online', 'pinjaman daring'),
  abbr('ojol', 'ojek online', 'ojek daring'),
  abbr('hki', 'hak kekayaan intelektual', 'haki'),
  abbr('sdm', 'sumber daya manusia'),
  abbr('uu', 'undang-undang'),
  abbr('permenkop', 'peraturan menteri koperasi'),
  capital('tik', 'teknologi informasi dan komunikasi', 'teknologi informasi komunikasi'),
  abbr('icci', 'indonesian consortium for cooperatives innovation'),
  abbr('pos-kasir', 'point of sale', 'aplikasi kasir', 'mesin kasir'),
  abbr('tanggungrenteng', 'tanggung renteng'),
  abbr('tanggungjawab', 'tanggung jawab'),
  abbr('kerjasama', 'kerja sama'),
  abbr('tenagakerja', 'tenaga kerja'),
  abbr('beritaacara', 'berita acara'),
  abbr('badanhukum', 'badan hukum'),
  abbr('simpanpinjam', 'simpan pinjam', 'simpan-pinjam'),
];
