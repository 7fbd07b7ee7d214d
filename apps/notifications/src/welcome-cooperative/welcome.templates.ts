import type { Template } from '../template/template';

const WORDS = {
  id: {
    subject: (cooperative: string) => `Selamat datang di IDXCOOP, ${cooperative}`,
    preview: 'Kontak Anda sudah dikonfirmasi. Langkah berikutnya: ajukan pendaftaran.',
    hello: (name: string) => `Halo ${name},`,
    done: (cooperative: string) => `Terima kasih, kontak ${cooperative} sudah dikonfirmasi.`,
    next: 'Satu langkah berikutnya: buka halaman status, lengkapi yang masih kurang, lalu ajukan pendaftaran untuk diperiksa dinas.',
    button: 'Buka halaman status',
    keep: 'Simpan pesan ini: tautan itu membuka status koperasi Anda tanpa kata sandi. Jangan teruskan kepada orang lain.',
  },
  en: {
    subject: (cooperative: string) => `Welcome to IDXCOOP, ${cooperative}`,
    preview: 'Your contact is confirmed. The next step: submit your application.',
    hello: (name: string) => `Hello ${name},`,
    done: (cooperative: string) => `Thank you, the contact of ${cooperative} is confirmed.`,
    next: 'The one next step: open the status page, add what is missing, then submit your application to be reviewed.',
    button: 'Open the status page',
    keep: 'Keep this message: the link opens your cooperative’s status without a password. Do not pass it on.',
  },
} as const;

/** The first confirmed contact of a cooperative is told the one next thing to do. */
export const welcome: Template = {
  needs: { email: ['statusUrl'], whatsapp: ['statusUrl'] },
  email({ name, cooperativeName, statusUrl = '' }, language) {
    const words = WORDS[language];
    return {
      subject: words.subject(cooperativeName),
      preview: words.preview,
      blocks: [
        { kind: 'paragraph', text: words.hello(name) },
        { kind: 'paragraph', text: words.done(cooperativeName) },
        { kind: 'paragraph', text: words.next },
        { kind: 'button', label: words.button, url: statusUrl },
        { kind: 'small', text: words.keep },
      ],
    };
  },
  whatsapp: {
    name: 'idxcoop_welcome',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, kontak {{2}} di IDXCOOP sudah dikonfirmasi. Langkah berikutnya: buka {{3}} untuk melengkapi dan mengajukan pendaftaran. Jangan teruskan tautan ini.',
      en: 'Hello {{1}}, the contact of {{2}} at IDXCOOP is confirmed. Next step: open {{3}} to complete and submit your application. Do not pass this link on.',
    },
    parameters: ({ name, cooperativeName, statusUrl = '' }) => [name, cooperativeName, statusUrl],
  },
};
