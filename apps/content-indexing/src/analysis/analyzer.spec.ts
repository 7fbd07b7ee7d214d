import { Analyzer } from './analyzer';

const analyzer = new Analyzer();

function tokens(body: string): Map<string, number> {
  return new Map(analyzer.document({ title: '', summary: '', tags: [], body }).tokens.map(({ t, f }) => [t, f]));
}

describe(Analyzer.name, () => {
  it.each([
    ['sisa hasil usaha', '#shu'],
    ['SHU', '#shu'],
    ['pembagian shu koperasi', '#shu'],
    ['Rapat Anggota Tahunan', '#rat'],
    ['laporan RAT 2020', '#rat'],
    ['RAT-nya ditunda', '#rat'],
    ['RATnya ditunda', '#rat'],
    ['nomor induk koperasi', '#nik'],
    ['NIK', '#nik'],
    ['nomor induk kependudukan', '#nik-penduduk'],
    ['nomor induk berusaha', '#nib'],
    ['koperasi simpan pinjam', '#ksp'],
    ['Koperasi Simpan Pinjam dan Pembiayaan Syariah', '#kspps'],
    ['unit simpan-pinjam', '#usp'],
    ['koperasi unit desa', '#kud'],
    ['Koperasi Pegawai Republik Indonesia', '#kpri'],
    ['kredit usaha rakyat', '#kur'],
    ['KUR', '#kur'],
    ['Lembaga Pengelola Dana Bergulir', '#lpdb'],
    ['usaha mikro, kecil, dan menengah', '#umkm'],
    ['anggaran dasar dan anggaran rumah tangga', '#adart'],
    ['AD/ART', '#adart'],
    ['ad/art', '#adart'],
    ['undang-undang perkoperasian', '#uu'],
    ['UU 25/1992', '#uu'],
    ['pelindungan data pribadi', '#pdp'],
    ['aplikasi kasir', '#pos-kasir'],
    ['pinjaman online', '#pinjol'],
    ['bekerja sama', '#kerjasama'],
  ])('reads "%s" as %s', (text, canonical) => {
    expect([...tokens(text).keys()]).toContain(canonical);
  });

  it.each([
    ['seekor rat di gudang', '#rat'],
    ['rata-rata simpanan', '#rat'],
    ['sop buntut', '#sop'],
    ['nomor induk kependudukan', '#nik'],
    ['Kur lama', '#kur'],
  ])('does not read "%s" as %s', (text, canonical) => {
    expect([...tokens(text).keys()]).not.toContain(canonical);
  });

  it('counts a word of the title three times and a tag twice', () => {
    const { tokens: found } = analyzer.document({
      title: 'Pembukuan',
      summary: '',
      tags: ['buku'],
      body: 'membukukan',
    });
    expect(found.find(({ t }) => t === 'buku')?.f).toBe(6);
  });

  it('keeps exact forms beside stems, and leaves out what says nothing', () => {
    expect([...tokens('yang dipasarkan untuk koperasi').keys()].sort()).toEqual(
      ['=dipasarkan', '=koperasi', 'koperasi', 'pasar'].sort(),
    );
  });

  it('reads how people type on a phone', () => {
    expect([...tokens('gmn utk buku2 kopersinya yg lama').keys()]).toEqual(expect.arrayContaining(['buku', 'lama']));
    expect([...tokens('gmn utk yg').keys()]).toEqual([]);
  });

  it('reads both halves of a compound and one of a doubled word', () => {
    expect([...tokens('simpan-pinjam').keys()]).toEqual(expect.arrayContaining(['simpan', 'pinjam', '#simpanpinjam']));
    expect([...tokens('buku-bukunya').keys()]).toEqual(['buku', '=buku-bukunya']);
  });

  it('keeps words as written for completing and correcting', () => {
    const { words } = analyzer.document({ title: 'Pemasaran daring', summary: '', tags: ['shu'], body: 'di pasar' });
    expect(words.sort()).toEqual(['daring', 'pasar', 'pemasaran', 'shu']);
  });
});
