import { Regions } from './regions';

describe(Regions.name, () => {
  const regions = new Regions();

  it.each([
    ['12', 'province', 'Sumatera Utara'],
    ['12.71', 'regency', 'Kota Medan'],
    ['12.71.05', 'district', 'Medan Barat'],
    ['11.01.01.2001', 'village', 'Keude Bakongan'],
    ['96.71', 'regency', 'Kota Sorong'],
  ])('finds %s as a %s', (code, level, name) => {
    expect(regions.find(code)).toMatchObject({ code, level, name });
  });

  it('finds the village of the interface example', () => {
    expect(regions.find('12.71.05.1003')).toMatchObject({ level: 'village', provinceCode: '12' });
  });

  it.each([
    '99',
    '12.99',
    '12.71.99',
    '12.71.05.9999',
    '1',
    '12.7',
    '12.71.05.100',
    '',
    '12.71.05.1003.1',
    'ID',
    '12\n',
  ])('does not know %j', (code) => {
    expect(regions.find(code)).toBeNull();
    expect(regions.resolve(code)).toBeNull();
  });

  it.each([
    ['91.01', '93.01', 'Kabupaten Merauke'],
    ['91.04', '94.01', 'Kabupaten Nabire'],
    ['91.02', '95.01', 'Kabupaten Jayawijaya'],
    ['92.71', '96.71', 'Kota Sorong'],
  ])('resolves the old regency %s to %s', (old, now, name) => {
    expect(regions.resolve(old)).toBe(now);
    expect(regions.find(old)).toMatchObject({
      name,
      successor: now,
      validTo: expect.stringMatching(/^2022-/) as string,
    });
    expect(regions.find(now)).toMatchObject({ name, predecessor: old });
  });

  it('leaves no hole in the old numbering of Papua and West Papua', () => {
    const papua = Array.from({ length: 28 }, (_, index) => `91.${String(index + 1).padStart(2, '0')}`);
    const westPapua = Array.from({ length: 12 }, (_, index) => `92.${String(index + 1).padStart(2, '0')}`);
    const codes = [...papua, '91.71', ...westPapua, '92.71'];
    expect(codes.filter((code) => !regions.find(code, '2020-10-08'))).toEqual([]);
  });

  it.each([
    ['2020-10-08', 34],
    ['2022-07-24', 34],
    ['2022-07-25', 37],
    ['2022-12-07', 37],
    ['2022-12-08', 38],
  ])('counts the provinces of %s as %i', (on, count) => {
    expect(regions.provinces(on)).toHaveLength(count);
  });

  it('counts an area by the division in force on a day', () => {
    expect(regions.provinceOn('93.01', '2020-10-08')).toBe('91');
    expect(regions.provinceOn('91.01', '2023-01-01')).toBe('93');
    expect(regions.provinceOn('96', '2022-12-07')).toBe('92');
    expect(regions.provinceOn('12.71', '2020-10-08')).toBe('12');
    expect(regions.provinceOn('99')).toBeNull();
  });

  it('knows a code only in its time', () => {
    expect(regions.find('93.01', '2020-10-08')).toBeNull();
    expect(regions.find('91.01', '2022-07-25')).toBeNull();
  });

  it.each([
    ['12', 'Asia/Jakarta'],
    ['51', 'Asia/Makassar'],
    ['93.01', 'Asia/Jayapura'],
  ])('gives %s the zone %s', (code, timeZone) => {
    expect(regions.find(code)?.timeZone).toBe(timeZone);
  });

  it('lists what lies below a code, to the last row', () => {
    expect(regions.children('12').map((region) => region.code)).toContain('12.71');
    expect(regions.children('12.71.05').length).toBeGreaterThan(3);
    expect(regions.children('12.71.05.1003')).toEqual([]);
    expect(regions.children('99')).toEqual([]);
    expect(regions.children('96.71').length).toBeGreaterThan(5);
  });

  it('counts 38 provinces, 514 regencies, 7,277 districts and 83,763 villages', () => {
    const regencies = regions.provinces().flatMap((province) => regions.children(province.code));
    const districts = regencies.flatMap((regency) => regions.children(regency.code));
    const villages = districts.reduce((sum, district) => sum + regions.children(district.code).length, 0);
    expect([regencies.length, districts.length, villages]).toEqual([514, 7277, 83763]);
  });
});
