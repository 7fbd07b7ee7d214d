/** The same thing in another word: nearly as good as the word itself. */
const SAME = `
online daring
offline luring
situs website web laman
software aplikasi
sandi password
email surel
unggah upload
unduh download
nontunai cashless
komputer laptop
ponsel handphone smartphone gawai
hutang utang
resiko risiko
kasir #pos-kasir
notulen #beritaacara
legalitas #badanhukum
`;

/** What may be meant beside the word: worth less. */
const NEAR = `
pengawas awas
situs portal blog
aplikasi platform sistem
utang kredit pinjam
untung laba surplus #shu
gaji upah honor
tipu curang bodong palsu
adu lapor keluh komplain
buku akuntansi catat jurnal
periksa audit
pasar jual promosi iklan
hapus musnah
bocor retas bobol
rugi defisit
bubar likuidasi
latih kursus training ajar
warung toko gerai
nasabah langgan konsumen
ganti pilih
tunggak macet #npl
syariah islam
hukum sah legal
susun siap
modal dana biaya
nontunai #qris
arus cashflow
muda milenial
desa kelurahan
sehat nilai
iuran setor simpan
digital teknologi
bina damping
`;

export interface Synonym {
  token: string;
  kind: 'same' | 'near';
}

const found = new Map<string, Synonym[]>();

function learn(groups: string, kind: Synonym['kind']): void {
  for (const line of groups.trim().split('\n')) {
    const words = line.trim().split(/\s+/);
    for (const word of words) {
      const others = words.filter((other) => other !== word).map((token) => ({ token, kind }));
      found.set(word, [...(found.get(word) ?? []), ...others]);
    }
  }
}

learn(SAME, 'same');
learn(NEAR, 'near');

/** Stem or canonical token → what is meant, or may be meant, beside it. For queries only, so a change needs no re-index. */
export const SYNONYMS: ReadonlyMap<string, readonly Synonym[]> = found;
