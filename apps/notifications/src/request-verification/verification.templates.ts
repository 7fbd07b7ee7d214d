import type { Template } from '../template/template';
import { cooperativeName, name, text, url } from '../template/variable';

/** Proves that an address belongs to the person: a link by e-mail, a code by WhatsApp. */
export const verification: Template = {
  variables: { name, cooperativeName, link: url((known) => known.link), code: text((known) => known.code, 8) },
  mail: {
    texts: {
      id: {
        subject: 'Konfirmasi alamat Anda di IDXCOOP',
        preview: 'Satu langkah lagi agar pendaftaran koperasi Anda dapat dilanjutkan.',
        hello: 'Halo {{name}},',
        why: 'Alamat ini didaftarkan di IDXCOOP sebagai kontak {{cooperativeName}}. Tekan tombol di bawah untuk menyatakan bahwa alamat ini memang milik Anda.',
        button: 'Konfirmasi alamat ini',
        orCode: 'Atau masukkan kode ini:',
        ignore: 'Bukan Anda yang mendaftar? Abaikan surel ini; tanpa konfirmasi kami tidak akan menulis lagi.',
      },
      en: {
        subject: 'Confirm your address at IDXCOOP',
        preview: 'One more step before your cooperative’s sign-up can go on.',
        hello: 'Hello {{name}},',
        why: 'This address was given to IDXCOOP as the contact of {{cooperativeName}}. Press the button below to say that it is really yours.',
        button: 'Confirm this address',
        orCode: 'Or enter this code:',
        ignore: 'Was it not you? Ignore this mail; without your confirmation we will not write again.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'why' },
      { kind: 'button', label: 'button', url: 'link' },
      { kind: 'paragraph', text: 'orCode', when: 'code' },
      { kind: 'code', of: 'code', when: 'code' },
      { kind: 'small', text: 'ignore' },
    ],
  },
  whatsapp: { name: 'idxcoop_verification_code', category: 'AUTHENTICATION', wording: null, parameters: ['code'] },
};
