import type { Template } from '../template/template';

const WORDS = {
  id: {
    subject: 'Tautan status pendaftaran koperasi Anda',
    preview: 'Tautan baru ke halaman status yang Anda minta.',
    hello: (name: string) => `Halo ${name},`,
    asked: (cooperative: string) => `Ini tautan baru ke halaman status ${cooperative} yang Anda minta.`,
    button: 'Buka halaman status',
    ignore: 'Bukan Anda yang meminta? Abaikan surel ini dan jangan teruskan tautannya.',
  },
  en: {
    subject: 'The status link of your cooperative',
    preview: 'A new link to the status page, as you asked.',
    hello: (name: string) => `Hello ${name},`,
    asked: (cooperative: string) => `Here is the new link to the status page of ${cooperative} that you asked for.`,
    button: 'Open the status page',
    ignore: 'Was it not you? Ignore this mail and do not pass the link on.',
  },
} as const;

/** A new way to the status page, for who lost the old one. */
export const statusLink: Template = {
  needs: { email: ['statusUrl'], whatsapp: ['statusUrl'] },
  email({ name, cooperativeName, statusUrl = '' }, language) {
    const words = WORDS[language];
    return {
      subject: words.subject,
      preview: words.preview,
      blocks: [
        { kind: 'paragraph', text: words.hello(name) },
        { kind: 'paragraph', text: words.asked(cooperativeName) },
        { kind: 'button', label: words.button, url: statusUrl },
        { kind: 'small', text: words.ignore },
      ],
    };
  },
  whatsapp: {
    name: 'idxcoop_status_link',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, ini tautan status {{2}} yang Anda minta: {{3}} Jangan teruskan tautan ini.',
      en: 'Hello {{1}}, here is the status link of {{2}} that you asked for: {{3}} Do not pass it on.',
    },
    parameters: ({ name, cooperativeName, statusUrl = '' }) => [name, cooperativeName, statusUrl],
  },
};
