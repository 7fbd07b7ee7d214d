import { ROOTS } from './root-list';
import { Stemmer } from './stemmer';

const stemmer = new Stemmer();

/** root: words that must meet in it. */
const FAMILIES: Record<string, string> = {
  koperasi: 'koperasi perkoperasian berkoperasi koperasinya koperasi-koperasi dikoperasikan',
  anggota: 'anggota keanggotaan beranggotakan anggotanya anggota-anggotanya anggotaku',
  simpan: 'simpan simpanan menyimpan penyimpanan disimpan tersimpan simpanannya penyimpan',
  pinjam: 'pinjam pinjaman meminjam peminjam peminjaman dipinjamkan meminjamkan',
  bagi: 'bagi pembagian membagi membagikan dibagi dibagikan berbagi terbagi bagian pembagiannya',
  biaya: 'biaya pembiayaan membiayai dibiayai biayanya',
  lapor: 'lapor laporan melaporkan pelaporan dilaporkan laporannya pelapor',
  pasar: 'pasar pemasaran memasarkan dipasarkan pasaran pemasarannya',
  bank: 'bank perbankan banknya',
  uang: 'uang keuangan uangnya menguangkan',
  beruang: 'beruang',
  pengurus: 'pengurus kepengurusan pengurusnya',
  urus: 'urus mengurus diurus urusan pengurusan',
  pengawas: 'pengawas pengawasnya',
  awas: 'awas mengawasi diawasi pengawasan',
  kelurahan: 'kelurahan kelurahannya',
  lurah: 'lurah',
  digital: 'digital digitalisasi pendigitalan mendigitalkan digitalnya',
  modern: 'modern modernisasi',
  nilai: 'nilai menilai penilaian dinilai',
  salur: 'salur menyalurkan penyaluran disalurkan penyalur',
  kembang: 'kembang mengembangkan pengembangan berkembang perkembangan',
  kelola: 'kelola mengelola pengelolaan pengelola dikelola',
  tagih: 'tagih menagih penagihan tagihan penagih',
  tunggak: 'tunggak menunggak tunggakan penunggak',
  kemas: 'kemas kemasan mengemas pengemasan',
  wirausaha: 'wirausaha kewirausahaan berwirausaha',
  usaha: 'usaha perusahaan pengusaha berusaha mengusahakan diusahakan usahanya',
  pajak: 'pajak perpajakan pajaknya',
  tanggungjawab: 'mempertanggungjawabkan pertanggungjawaban bertanggungjawab',
  tenagakerja: 'ketenagakerjaan',
  aju: 'mengajukan pengajuan diajukan ajukan',
  berhasil: 'berhasil keberhasilan',
  sah: 'sah pengesahan mengesahkan disahkan sahnya',
  periksa: 'periksa memeriksa pemeriksaan diperiksa pemeriksa',
  daftar: 'daftar mendaftar pendaftaran terdaftar mendaftarkan pendaftar',
  buku: 'buku pembukuan membukukan buku-bukunya dibukukan',
  buka: 'buka membuka pembukaan dibuka terbuka',
  tahun: 'tahun tahunan setahun bertahun-tahun',
  tipu: 'tipu menipu penipuan tertipu penipu',
  syarat: 'syarat persyaratan mensyaratkan bersyarat',
  izin: 'izin perizinan mengizinkan diizinkan',
  guna: 'guna menggunakan pengguna penggunaan digunakan kegunaan',
  ajar: 'ajar belajar pelajaran mengajar pembelajaran mempelajari pengajar',
  tahu: 'tahu mengetahui pengetahuan diketahui',
  daya: 'daya pemberdayaan memberdayakan berdaya',
  untung: 'untung keuntungan menguntungkan',
  langgan: 'pelanggan langganan berlangganan',
  layan: 'layanan pelayanan melayani dilayani',
  bantu: 'bantu bantuan membantu pembantu',
  tani: 'tani petani pertanian',
  mitra: 'mitra kemitraan bermitra',
  tetap: 'tetap menetapkan penetapan ketetapan ditetapkan',
  damping: 'damping pendamping pendampingan mendampingi didampingi',
  latih: 'latih pelatihan melatih pelatih berlatih',
  lindung: 'lindung perlindungan pelindungan melindungi dilindungi',
  beri: 'beri memberi memberikan pemberian diberikan berikan pemberi',
  kering: 'kering pengering mengeringkan',
  pemerintah: 'pemerintah pemerintahan',
  perintah: 'perintah diperintahkan',
  susut: 'susut penyusutan menyusut',
  tolong: 'tolong tolong-menolong menolong pertolongan',
  macam: 'bermacam-macam',
};

describe(Stemmer.name, () => {
  it.each(Object.entries(FAMILIES))('brings the words of %s together', (root, words) => {
    const wrong = words.split(' ').filter((word) => stemmer.stem(word) !== root);
    expect(wrong.map((word) => `${word}→${stemmer.stem(word)}`)).toEqual([]);
  });

  it.each([
    ['pengurus', 'pengawas'],
    ['beruang', 'uang'],
    ['pemasaran', 'asar'],
    ['perbankan', 'perban'],
    ['kelurahan', 'lurah'],
    ['pembukuan', 'pembukaan'],
    ['pemerintah', 'perintah'],
    ['pengurus', 'kurus'],
    ['rata', 'RAT'.toLowerCase()],
    ['berhasil', 'hasil'],
    ['menteri', 'teri'],
    ['perempuan', 'empu'],
    ['nelayan', 'layan'],
    ['makan', 'mak'],
    ['berita', 'rita'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(stemmer.stem(one)).not.toBe(stemmer.stem(other));
  });

  it('leaves names and foreign words whole', () => {
    for (const word of ['sidomulyo', 'pangalengan', 'management', 'permission', 'training', 'benteng', 'excel']) {
      expect(stemmer.stem(word)).toBe(word);
    }
  });

  it('leaves every root of the list whole', () => {
    const damaged = [...ROOTS].filter((root) => stemmer.stem(root) !== root);
    expect(damaged).toEqual([]);
  });

  it('answers from its cache what it answered first', () => {
    const fresh = new Stemmer();
    expect([fresh.stem('pemasaran'), fresh.stem('pemasaran')]).toEqual(['pasar', 'pasar']);
  });
});
