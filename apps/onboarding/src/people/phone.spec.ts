import { mobileNumber } from './phone';

describe(mobileNumber.name, () => {
  it.each([
    ['0812-3456-7890', '+6281234567890'],
    ['+62 812 3456 7890', '+6281234567890'],
    ['6281234567890', '+6281234567890'],
    ['006281234567890', '+6281234567890'],
    ['8123456789', '+628123456789'],
    ['(0812) 3456 7890', '+6281234567890'],
  ])('reads %s as %s', (written, number) => {
    expect(mobileNumber(written)).toBe(number);
  });

  it.each([
    ['a land line', '021-5290 9999'],
    ['a call centre', '1500587'],
    ['too long', '0812345678901234'],
    ['too short', '0812'],
    ['words', 'telepon saya'],
    ['nothing', ''],
  ])('refuses %s', (_case, written) => {
    expect(mobileNumber(written)).toBeNull();
  });
});
