import { hasControls, oneLine } from './one-line';

describe(oneLine.name, () => {
  it.each(['  Koperasi  Maju ', 'Koperasi\nMaju', 'Koperasi\t\r\nMaju', 'Koperasi\u00a0\u2028Maju'])(
    'reads %j',
    (written) => {
      expect(oneLine(written)).toBe('Koperasi Maju');
    },
  );
});

describe(hasControls.name, () => {
  it.each(['\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u009f', '\u202e', '\u2066'])('sees %j', (sign) => {
    expect(hasControls(`Koperasi${sign}Maju`)).toBe(true);
  });

  it.each(['Koperasi Serba Usaha “Désa”', 'ꦏꦺꦴꦥꦼꦫꦱꦶ\u200dꦩꦗꦸ', '合作社'])('lets %j stand', (text) => {
    expect(hasControls(text)).toBe(false);
  });
});
