/** Words that a query may mean beside the one it says. Applied to queries only, so a change needs no re-index. */
const GROUPS = `
pengawas awas
online daring
offline luring
situs laman portal blog
aplikasi software platform
utang hutang kredit pinjam
untung laba surplus #shu
gaji upah honor
tipu curang bodong palsu
adu lapor keluh komplain
buku akuntansi catat jurnal
periksa audit
pasar jual promosi iklan
hapus musnah
sandi password
bocor retas bobol
rugi defisit
bubar likuidasi
kasir #pos-kasir pos
surel email
unggah upload
unduh download
latih kursus training belajar
warung toko gerai
nasabah langgan konsumen
ganti pilih
tunggak macet #npl
syariah islam
legal hukum sah #badanhukum
susun siap
modal dana biaya
nontunai cashless #qris
arus cashflow
ponsel gawai handphone smartphone
muda milenial
desa kelurahan
sehat nilai
iuran setor simpan
digital teknologi
notulen #beritaacara
bina damping
`;

const found = new Map<string, string[]>();
for (const line of GROUPS.trim().split('\n')) {
  const words = line.trim().split(/\s+/);
  for (const word of words) found.set(word, [...(found.get(word) ?? []), ...words.filter((other) => other !== word)]);
}

/** Stem or canonical token → what may be meant beside it. */
export const SYNONYMS: ReadonlyMap<string, readonly string[]> = found;
