import fc from 'fast-check';
import { readWord } from './word';

describe(readWord.name, () => {
  it.each([
    ['BERHENTI', 'stop'],
    ['berhenti.', 'stop'],
    ['  *Berhenti* 🙏', 'stop'],
    ['_stop_', 'stop'],
    ['STOOOOP!!!', 'stop'],
    ['S T O P', 'stop'],
    ['ＢＥＲＨＥＮＴＩ', 'stop'],
    ['b\u200berhenti', 'stop'],
    ['berenti', 'stop'],
    ['UNREG', 'stop'],
    ['Tolong hentikan pesan ini', 'stop'],
    ['tolong berhenti kirim pesan', 'stop'],
    ['Mohon maaf bapak ibu, saya minta dengan hormat agar semua ini berhenti', 'stop'],
    ['Berhenti saja, saya sudah tidak mengurus koperasi itu lagi sejak tahun lalu', 'stop'],
    ['jangan mulai, berhenti', 'stop'],
    ['MULAI', 'start'],
    ['mulai lagi', 'start'],
    ['start', 'start'],
    ['Status?', 'status'],
    ['status koperasi saya bagaimana', 'status'],
    ['cek status', 'status'],
    ['BANTUAN', 'help'],
    ['halo', 'help'],
    ['', 'help'],
    ['🙏', 'help'],
    ['kapan kegiatan mulai di daerah kami', 'help'],
    ['Koperasi kami sudah berhenti beroperasi dua tahun lalu, apakah tetap harus mendaftar', 'help'],
    ['perhentian bus', 'help'],
    ['constructor __proto__', 'help'],
  ])('reads %j as %s', (text, word) => {
    expect(readWord(text)).toBe(word);
  });

  it('reads a word in any case and with any signs around it', () => {
    const signs = fc.array(fc.constantFrom(' ', '.', '!', '*', '"', '\n', '🙏', '(', '1', '\u200b'), { maxLength: 6 });
    const cases = fc.constantFrom('berhenti', 'Berhenti', 'BERHENTI', 'bErHeNtI');
    fc.assert(
      fc.property(signs, cases, signs, (before, word, after) => {
        expect(readWord(before.join('') + word + after.join(''))).toBe('stop');
      }),
    );
  });

  it('reads whatever people write', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readWord(text)));
  });
});
