import { plainText } from './plain-text';

describe(plainText.name, () => {
  it.each([
    ['# Judul\n\nIsi', 'Judul\nIsi'],
    ['**tebal** dan *miring* dan `kode`', 'tebal dan miring dan kode'],
    ['lihat [laman dinas](https://x.example/a_b) ini', 'lihat laman dinas ini'],
    ['![bagan alur](alur.png)', 'bagan alur'],
    ['- satu\n- dua\n1. tiga', 'satu\ndua\ntiga'],
    ['- [ ] setuju\n- [x] tidak', 'setuju\ntidak'],
    ['> kutipan', 'kutipan'],
    ['| A | B |\n| --- | --- |\n| 1 | 2 |', 'A B\n1 2'],
    ['```sql\nselect 1\n```', 'select 1'],
    ['a <b>c</b> <script>alert(1)</script>', 'a c alert(1)'],
    ['3 * 4 * 5 dan nama_berkas_lama', '3 * 4 * 5 dan nama_berkas_lama'],
    ['atas\n\n---\n\nbawah', 'atas\nbawah'],
    ['', ''],
  ])('reads %j as %j', (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });
});
