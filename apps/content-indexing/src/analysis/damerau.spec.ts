import { damerau } from './damerau';

describe(damerau.name, () => {
  it.each([
    ['koperasi', 'koperasi', 0],
    ['kopersi', 'koperasi', 1],
    ['koeprasi', 'koperasi', 1],
    ['kopperasi', 'koperasi', 1],
    ['koperaso', 'koperasi', 1],
    ['kopresai', 'koperasi', 2],
    ['pasar', 'pagar', 1],
    ['pasar', 'kasir', 2],
    ['', 'ab', 2],
  ])('measures %s to %s as %i', (a, b, distance) => {
    expect(damerau(a, b, 2)).toBe(distance);
    expect(damerau(b, a, 2)).toBe(distance);
  });

  it('gives up above the bound', () => {
    expect(damerau('pengurus', 'pengawas', 2)).toBe(3);
    expect(damerau('pengurus', 'pengawas', 1)).toBe(2);
    expect(damerau('simpan', 'pinjaman', 2)).toBe(3);
  });
});
