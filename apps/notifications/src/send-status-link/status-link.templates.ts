import type { Template } from '../template/template';
import { cooperativeName, name, statusUrl } from '../template/variable';

/** A new way to the status page, for who lost the old one. */
export const statusLink: Template = {
  variables: { name, cooperativeName, statusUrl },
  mail: {
    texts: {
      id: {
        subject: 'Tautan status pendaftaran koperasi Anda',
        preview: 'Tautan baru ke halaman status yang Anda minta.',
        hello: 'Halo {{name}},',
        asked: 'Ini tautan baru ke halaman status {{cooperativeName}} yang Anda minta.',
        button: 'Buka halaman status',
        ignore: 'Bukan Anda yang meminta? Abaikan surel ini dan jangan teruskan tautannya.',
      },
      en: {
        subject: 'The status link of your cooperative',
        preview: 'A new link to the status page, as you asked.',
        hello: 'Hello {{name}},',
        asked: 'Here is the new link to the status page of {{cooperativeName}} that you asked for.',
        button: 'Open the status page',
        ignore: 'Was it not you? Ignore this mail and do not pass the link on.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'asked' },
      { kind: 'button', label: 'button', url: 'statusUrl' },
      { kind: 'small', text: 'ignore' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_status_link',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, ini tautan status {{2}} yang Anda minta: {{3}} Jangan teruskan tautan ini.',
      en: 'Hello {{1}}, here is the status link of {{2}} that you asked for: {{3}} Do not pass it on.',
    },
    parameters: ['name', 'cooperativeName', 'statusUrl'],
  },
};
