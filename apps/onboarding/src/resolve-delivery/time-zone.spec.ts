import { Regions } from '@idxcoop/platform';
import { timeZoneOf } from './time-zone';

describe(timeZoneOf.name, () => {
  const regions = new Regions();

  it.each([
    ['12.71.05.1003', 'Asia/Jakarta'],
    ['73', 'Asia/Makassar'],
    ['51.71', 'Asia/Makassar'],
    ['91.71', 'Asia/Jayapura'],
    // Merauke before Papua was divided.
    ['91.01', 'Asia/Jayapura'],
    ['', 'Asia/Jakarta'],
    ['national', 'Asia/Jakarta'],
  ])('reads %s as %s', (code, zone) => {
    expect(timeZoneOf(regions, code)).toBe(zone);
  });
});
