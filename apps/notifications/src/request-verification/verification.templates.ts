import type { Block, Template } from '../template/template';

const WORDS = {
  id: {
    subject: 'Konfirmasi alamat Anda di IDXCOOP',
    preview: 'Satu langkah lagi agar pendaftaran koperasi Anda dapat dilanjutkan.',
    hello: (name: string) => `Halo ${name},`,
    why: (cooperative: string) =>
      `Alamat ini didaftarkan di IDXCOOP sebagai kontak ${cooperative}. Tekan tombol di bawah untuk menyatakan bahwa alamat ini memang milik Anda.`,
    button: 'Konfirmasi alamat ini',
    orCode: 'Atau masukkan kode ini:',
    ignore: 'Bukan Anda yang mendaftar? Abaikan surel ini; tanpa konfirmasi kami tidak akan menulis lagi.',
  },
  en: {
    subject: 'Confirm your address at IDXCOOP',
    preview: 'One more step before your cooperative’s sign-up can go on.',
    hello: (name: string) => `Hello ${name},`,
    why: (cooperative: string) =>
      `This address was given to IDXCOOP as the contact of ${cooperative}. Press the button below to say that it is really yours.`,
    button: 'Confirm this address',
    orCode: 'Or enter this code:',
    ignore: 'Was it not you? Ignore this mail; without your confirmation we will not write again.',
  },
} as const;

/** Proves that an address belongs to the person: a link by e-mail, a code by WhatsApp. */
export const verification: Template = {
  needs: { email: ['link'], whatsapp: ['code'] },
  email({ name, cooperativeName, link = '', code }, language) {
    const words = WORDS[language];
    const byCode: Block[] = code
      ? [
          { kind: 'paragraph', text: words.orCode },
          { kind: 'code', code },
        ]
      : [];
    return {
      subject: words.subject,
      preview: words.preview,
      blocks: [
        { kind: 'paragraph', text: words.hello(name) },
        { kind: 'paragraph', text: words.why(cooperativeName) },
        { kind: 'button', label: words.button, url: link },
        ...byCode,
        { kind: 'small', text: words.ignore },
      ],
    };
  },
  whatsapp: {
    name: 'idxcoop_verification_code',
    category: 'AUTHENTICATION',
    wording: null,
    parameters: ({ code = '' }) => [code],
  },
};
