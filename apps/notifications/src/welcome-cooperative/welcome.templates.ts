import type { Template } from '../template/template';
import { cooperativeName, name, statusUrl } from '../template/variable';

/** The first confirmed contact of a cooperative is told the one next thing to do. */
export const welcome: Template = {
  variables: { name, cooperativeName, statusUrl },
  mail: {
    texts: {
      id: {
        subject: 'Selamat datang di IDXCOOP, {{cooperativeName}}',
        preview: 'Kontak Anda sudah dikonfirmasi. Langkah berikutnya: ajukan pendaftaran.',
        hello: 'Halo {{name}},',
        done: 'Terima kasih, kontak {{cooperativeName}} sudah dikonfirmasi.',
        next: 'Satu langkah berikutnya: buka halaman status, lengkapi yang masih kurang, lalu ajukan pendaftaran untuk diperiksa dinas.',
        button: 'Buka halaman status',
        keep: 'Simpan pesan ini: tautan itu membuka status koperasi Anda tanpa kata sandi. Jangan teruskan kepada orang lain.',
      },
      en: {
        subject: 'Welcome to IDXCOOP, {{cooperativeName}}',
        preview: 'Your contact is confirmed. The next step: submit your application.',
        hello: 'Hello {{name}},',
        done: 'Thank you, the contact of {{cooperativeName}} is confirmed.',
        next: 'The one next step: open the status page, add what is missing, then submit your application to be reviewed.',
        button: 'Open the status page',
        keep: 'Keep this message: the link opens your cooperative’s status without a password. Do not pass it on.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'done' },
      { kind: 'paragraph', text: 'next' },
      { kind: 'button', label: 'button', url: 'statusUrl' },
      { kind: 'small', text: 'keep' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_welcome',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, kontak {{2}} di IDXCOOP sudah dikonfirmasi. Langkah berikutnya: buka {{3}} untuk melengkapi dan mengajukan pendaftaran. Jangan teruskan tautan ini.',
      en: 'Hello {{1}}, the contact of {{2}} at IDXCOOP is confirmed. Next step: open {{3}} to complete and submit your application. Do not pass this link on.',
    },
    parameters: ['name', 'cooperativeName', 'statusUrl'],
  },
};
