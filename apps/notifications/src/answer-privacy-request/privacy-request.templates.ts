import type { Language } from '../message/message.schema';
import type { Template, Variables } from '../template/template';
import { cooperativeName, name, text, url } from '../template/variable';

const KINDS: Record<Language, Record<string, string>> = {
  id: {
    access: 'salinan data pribadi',
    correction: 'perbaikan data pribadi',
    withdraw_consent: 'penarikan persetujuan',
    restriction: 'pembatasan pemrosesan data',
    erasure: 'penghapusan data pribadi',
  },
  en: {
    access: 'a copy of your data',
    correction: 'a correction of your data',
    withdraw_consent: 'taking back your consent',
    restriction: 'a restriction of processing',
    erasure: 'the erasure of your data',
  },
};

const OUTCOMES: Record<Language, Record<string, string>> = {
  id: {
    received: 'sudah kami terima',
    fulfilled: 'sudah kami penuhi',
    refused: 'tidak dapat kami penuhi',
    lifted: 'sudah berakhir',
  },
  en: {
    received: 'has been received',
    fulfilled: 'has been fulfilled',
    refused: 'could not be fulfilled',
    lifted: 'has ended',
  },
};

const request = text(({ details }: Variables, language) => KINDS[language][details.privacyKind ?? 'access']);
const outcome = text(({ details }: Variables, language) => OUTCOMES[language][details.privacyOutcome ?? 'received']);
const link = url((known) => known.link);

/** How a request about one's own data stands. */
export const privacyNotice: Template = {
  variables: { name, cooperativeName, request, outcome },
  mail: {
    texts: {
      id: {
        subject: 'Permintaan Anda tentang data pribadi',
        preview: 'Kabar tentang permintaan data pribadi Anda di IDXCOOP.',
        hello: 'Halo {{name}},',
        stands: 'Permintaan Anda ({{request}}) sebagai kontak {{cooperativeName}} {{outcome}}.',
        ignore: 'Bukan Anda yang meminta? Balas surel ini agar kami dapat menghentikannya.',
      },
      en: {
        subject: 'Your request about personal data',
        preview: 'News of your request about your data at IDXCOOP.',
        hello: 'Hello {{name}},',
        stands: 'Your request ({{request}}) as a contact of {{cooperativeName}} {{outcome}}.',
        ignore: 'Was it not you? Answer this mail, so that we can stop it.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'stands' },
      { kind: 'small', text: 'ignore' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_privacy_notice',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, permintaan Anda ({{2}}) sebagai kontak {{3}} kini {{4}}. Bukan Anda? Balas pesan ini.',
      en: 'Hello {{1}}, your request ({{2}}) as a contact of {{3}}: it {{4}}. Was it not you? Answer this message.',
    },
    parameters: ['name', 'request', 'cooperativeName', 'outcome'],
  },
};

/** The way to the copy of one's own data, which is handed out once. */
export const privacyCopy: Template = {
  variables: { name, cooperativeName, link },
  mail: {
    texts: {
      id: {
        subject: 'Salinan data pribadi Anda siap',
        preview: 'Tautan berlaku 24 jam dan dapat dipakai satu kali.',
        hello: 'Halo {{name}},',
        ready:
          'Salinan data pribadi Anda sebagai kontak {{cooperativeName}} siap. Tautan berlaku 24 jam, untuk satu kali unduh.',
        button: 'Buka halaman unduh',
        ignore: 'Jangan teruskan tautan ini: siapa pun yang memilikinya dapat mengunduh data Anda.',
      },
      en: {
        subject: 'The copy of your data is ready',
        preview: 'The link holds for 24 hours and works once.',
        hello: 'Hello {{name}},',
        ready:
          'The copy of your data as a contact of {{cooperativeName}} is ready. The link holds for 24 hours, for one download.',
        button: 'Open the download page',
        ignore: 'Do not pass this link on: whoever has it can download your data.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'ready' },
      { kind: 'button', label: 'button', url: 'link' },
      { kind: 'small', text: 'ignore' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_privacy_copy',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, salinan data pribadi Anda sebagai kontak {{2}} siap: {{3}} Tautan berlaku 24 jam, satu kali unduh. Jangan teruskan.',
      en: 'Hello {{1}}, the copy of your data as a contact of {{2}} is ready: {{3}} The link holds for 24 hours, one download. Do not pass it on.',
    },
    parameters: ['name', 'cooperativeName', 'link'],
  },
};
