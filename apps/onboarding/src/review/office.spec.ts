import { Regions } from '@idxcoop/platform';
import { MINISTRY, officeAbove, officeOf, zoneOf } from './office';

const regions = new Regions();

describe(officeOf.name, () => {
  it.each<[string, string, string[] | undefined, string, string]>([
    ['its seat, where nothing is said of its members', '12.71.05.1003', undefined, 'regency', '12.71'],
    ['an empty list as none', '12.71.05.1003', [], 'regency', '12.71'],
    ['villages of one regency', '12.71.05.1003', ['12.71.05.1003', '12.71.06'], 'regency', '12.71'],
    ['another regency than its seat', '12.71', ['12.07'], 'regency', '12.07'],
    ['regencies of one province', '12.71', ['12.71', '12.07.05'], 'province', '12'],
    ['a whole province', '12.71', ['12'], 'province', '12'],
    ['a province and a regency of it', '12.71', ['12', '12.71'], 'province', '12'],
    ['provinces', '12.71', ['12.71', '11.71'], 'ministry', 'ID'],
    ['the nation', '12.71', ['ID'], 'ministry', 'ID'],
    ['an old code by its successor', '91.01', undefined, 'regency', '93.01'],
    ['an old and the new code of one regency', '93.01', ['91.01', '93.01'], 'regency', '93.01'],
    ['regencies that the split of 2022 parted', '93.01', ['91.01', '91.03'], 'ministry', 'ID'],
  ])('takes %s', (_case, regionCode, membershipRegions, level, code) => {
    expect(officeOf({ regionCode, membershipRegions }, regions)).toEqual({ level, code });
  });
});

describe(officeAbove.name, () => {
  it('goes from the regency over the province to the ministry, and no further', () => {
    const province = officeAbove({ level: 'regency', code: '12.71' });
    expect(province).toEqual({ level: 'province', code: '12' });
    expect(officeAbove(province ?? MINISTRY)).toEqual(MINISTRY);
    expect(officeAbove(MINISTRY)).toBeNull();
  });
});

describe(zoneOf.name, () => {
  it.each([
    ['12.71', 'Asia/Jakarta'],
    ['51', 'Asia/Makassar'],
    ['93.01', 'Asia/Jayapura'],
    ['ID', 'Asia/Jakarta'],
  ])('of %s is %s', (code, zone) => {
    expect(zoneOf({ level: 'regency', code }, regions)).toBe(zone);
  });
});
