import { Regions } from '@idxcoop/platform';
import { coreName } from './core-name';
import { jaroWinkler } from './jaro-winkler';
import { OLD_CLASSES, typeOfClass } from './old-classes';
import { likeness, type Signal } from './similarity';
import { VillageNames } from './village-names';
import { websiteKey } from './website-key';

describe(coreName.name, () => {
  it.each([
    ['KSP Sejahtera Mandiri', 'sejahtera mandiri'],
    ['Koperasi Simpan Pinjam Sejahtera Mandiri', 'sejahtera mandiri'],
    ['Koperasi Simpan Pinjam (KSP) "Sejahtera  Mandiri"', 'sejahtera mandiri'],
    ['Kop. Sejahtera Mandiri', 'sejahtera mandiri'],
    ['K.S.P. SEJAHTERA MANDIRI', 'sejahtera mandiri'],
    ['KSPPS BMT Amanah', 'amanah'],
    ['Koperasi Simpan Pinjam dan Pembiayaan Syariah Amanah', 'amanah'],
    ['KUD Tani Makmur', 'tani makmur'],
    ['Koperasi Unit Desa Tani Makmur', 'tani makmur'],
    ['Koperasi Tani Makmur', 'makmur'],
    ['Koptan Makmur', 'makmur'],
    ['Koperasi Simpan Pinjam Tani Makmur', 'tani makmur'],
    ['Koperasi Produsen Tani Makmur', 'tani makmur'],
    ['Koperasi Konsumen Karyawan Semen Padang', 'semen padang'],
    ['Kopkar Semen Padang', 'semen padang'],
    ['Koperasi Pegawai Republik Indonesia Guyub', 'guyub'],
    ['KPRI Guyub', 'guyub'],
    ['Koperasi Pondok Pesantren Al-Ma’arif', 'al maarif'],
    ['Koppontren Al Maarif', 'al maarif'],
    ['KSU Bina Sejahtera II', 'bina sejahtera 2'],
    ['Koperasi Serba Usaha Bina Sejahtera 02', 'bina sejahtera 2'],
    ['Bina Sejahtera Dua KSU', 'bina sejahtera 2'],
    ['Koperasi Desa Merah Putih Sidomulyo', 'merah putih sidomulyo'],
    ['KDMP Sidomulyo', 'merah putih sidomulyo'],
    ['Koperasi Wanita Melati', 'melati'],
    ['Pusat Koperasi Melati', 'pusat koperasi melati'],
    ['Wanita Tani Jaya', 'wanita tani jaya'],
    ['Koperasi Simpan Pinjam', 'koperasi simpan pinjam'],
  ])('makes of %s %s', (name, core) => {
    expect(coreName(name)).toBe(core);
  });
});

describe(jaroWinkler.name, () => {
  it.each([
    ['MARTHA', 'MARHTA', 0.9611],
    ['DIXON', 'DICKSONX', 0.8133],
    ['abc', 'xyz', 0],
    ['', 'x', 0],
    // The domain's pairs, with its figures.
    ['ksp sejahtera mandiri', 'koperasi simpan pinjam sejahtera mandiri', 0.7361],
    ['sejahtera mandiri', 'kop sejahtra mandiri', 0.82],
    ['tani makmur', 'tani mulyo', 0.8673],
    ['desa merah putih sidomulyo', 'desa merah putih sidorejo', 0.9452],
    ['koperasi desa merah putih sidomulyo', 'koperasi desa merah putih sidorejo', 0.9595],
    ['bina sejahtera', 'bina sejahtera ii', 0.9647],
    ['bina sejahtera', 'bina sejahtera 2', 0.975],
  ])('of %s and %s is %d', (a, b, score) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(score, 4);
    expect(jaroWinkler(b, a)).toBeCloseTo(jaroWinkler(a, b), 10);
  });
});

describe(likeness.name, () => {
  const places = new VillageNames(new Regions());
  const at = (regionCode: string) => (name: string, website?: string) => ({ name, regionCode, website });
  const [medan, village, otherVillage] = [at('12.71'), at('12.71.05.1003'), at('12.71.05.1001')];
  const [binjai, province] = [at('12.75'), at('12')];
  const site = 'https://www.sejahtera.example/beranda';

  it.each<[string, object, object, boolean, string, Signal[]]>([
    [
      'the same core name in a village',
      village('KSP Sejahtera Mandiri'),
      village('Koperasi Simpan Pinjam Sejahtera Mandiri'),
      false,
      'strong 1',
      ['same_village', 'same_core_name'],
    ],
    [
      'the same core name in two villages of a regency',
      village('KUD Tani Makmur'),
      otherVillage('Koperasi Unit Desa Tani Makmur'),
      false,
      'review 1',
      ['same_core_name'],
    ],
    [
      'a like name with the same website',
      medan('Kop. Sejahtra Mandiri', site),
      village('KSP Sejahtera Mandiri', 'http://sejahtera.example'),
      false,
      'review 0.9882',
      ['similar_name', 'same_website'],
    ],
    [
      'a like name with the same contact',
      medan('Kop. Sejahtra Mandiri'),
      medan('KSP Sejahtera Mandiri'),
      true,
      'review 0.9882',
      ['similar_name', 'same_contact'],
    ],
  ])('finds %s', (_case, a, b, sameContact, found, signals) => {
    const like = likeness(a as never, b as never, sameContact, places);
    expect(`${like?.band} ${like?.score}`).toBe(found);
    expect(like?.signals).toEqual(signals);
  });

  it.each<[string, object, object]>([
    ['another word that is less alike', medan('KUD Tani Makmur', site), medan('KUD Tani Mulyo', site)],
    ['another village', medan('KDMP Sidomulyo', site), medan('KDMP Sidorejo', site)],
    [
      'another village without the programme',
      medan('Karya Mandiri Sidomulyo', site),
      medan('Karya Mandiri Sidorejo', site),
    ],
    ['a village too many', medan('Karya Bina Sejahtera Utama', site), medan('Karya Bina Sejahtera Utama Sei', site)],
    ['another numeral', medan('Bina Sejahtera', site), medan('Bina Sejahtera II', site)],
    ['another letter', medan('Bina Sejahtera A', site), medan('Bina Sejahtera B', site)],
    ['another regency', medan('KSP Sejahtera Mandiri', site), binjai('KSP Sejahtera Mandiri', site)],
    ['no regency', province('KSP Sejahtera Mandiri', site), province('KSP Sejahtera Mandiri', site)],
  ])('tells apart what has %s, whatever else speaks for it', (_case, a, b) => {
    expect(likeness(a as never, b as never, true, places)).toBeNull();
  });

  it('does not take the region alone for a signal', () => {
    expect(likeness(medan('Kop. Sejahtra Mandiri'), medan('KSP Sejahtera Mandiri'), false, places)).toBeNull();
  });
});

describe(websiteKey.name, () => {
  it.each([
    ['https://www.Maju.example/beranda?x=1', 'maju.example'],
    ['http://maju.example:80/', 'maju.example'],
    ['https://m.facebook.com/KopMaju/', 'facebook.com/kopmaju'],
    ['https://facebook.com', undefined],
    ['https://maju.blogspot.com/2020', 'maju.blogspot.com'],
    ['nothing', undefined],
  ])('of %s is %s', (website, key) => {
    expect(websiteKey(website)).toBe(key);
  });
});

describe(typeOfClass.name, () => {
  it.each([
    ['KUD', 'producer'],
    ['KSU', 'consumer'],
    ['Kopwan', 'consumer'],
    ['KPRI', 'consumer'],
    ['KPN', 'consumer'],
    ['Kopkar', 'consumer'],
    ['Koptan', 'producer'],
    ['Kopas', 'consumer'],
    ['KJKS', 'savings_loan'],
    ['Primkoppol', 'consumer'],
    ['Koppontren', 'consumer'],
    ['Kopinkra', 'producer'],
    ['Kopnel', 'producer'],
    ['K.S.P.', 'savings_loan'],
    ['Koperasi Unit Desa', 'producer'],
    ['simpan  pinjam', 'savings_loan'],
    ['Jasa', 'service'],
    ['pemasaran', 'marketing'],
    ['lain', undefined],
  ])('of %s is %s', (text, type) => {
    expect(typeOfClass(text)).toBe(type);
  });

  it('names each class once', () => {
    const all = OLD_CLASSES.flatMap(({ short, long }) => [...short, ...long]);
    expect(new Set(all).size).toBe(all.length);
  });
});
