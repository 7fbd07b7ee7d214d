import { legalKey, nikKey } from './hard-keys';

describe(legalKey.name, () => {
  it.each(['518/BH/II/2009', ' 518 / bh / ii / 2009 ', 'No. 518-BH-II-2009', 'Nomor: 0518.BH.II.2009'])(
    'compares %j as one number',
    (written) => {
      expect(legalKey(written)).toBe('518/BH/II/2009');
    },
  );

  it.each([
    ['another year', '518/BH/II/2010'],
    ['another serial', '5180/BH/II/2009'],
    ['a word that starts like No', 'NOVA/518/BH/II/2009'],
  ])('tells %s apart', (_case, written) => {
    expect(legalKey(written)).not.toBe('518/BH/II/2009');
  });
});

describe(nikKey.name, () => {
  it('drops what people write between digits', () => {
    expect(nikKey('1271 0100.1000-1')).toBe('1271010010001');
  });

  it('keeps leading zeros: the number is opaque', () => {
    expect(nikKey('0012345678')).toBe('0012345678');
  });
});
