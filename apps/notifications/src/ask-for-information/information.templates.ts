import { reasonsOf } from '../announce-decision/decision.templates';
import { plain } from '../template/plain';
import type { Template } from '../template/template';
import { cooperativeName, list, name, statusUrl, text } from '../template/variable';

/** An officer wants to know something before they decide. */
export const informationRequest: Template = {
  variables: {
    name,
    cooperativeName,
    statusUrl,
    reasons: list(reasonsOf),
    allReasons: text((known, language) => plain(reasonsOf(known, language).join('; '), 500), 500),
  },
  mail: {
    texts: {
      id: {
        subject: 'Petugas membutuhkan keterangan tentang {{cooperativeName}}',
        preview: 'Pemeriksaan pendaftaran koperasi Anda menunggu jawaban Anda.',
        hello: 'Halo {{name}},',
        asked: 'Petugas sedang memeriksa pendaftaran koperasi Anda dan membutuhkan keterangan tentang:',
        next: 'Jawablah di halaman status, dan kirim dokumennya bila diminta. Pemeriksaan dilanjutkan begitu jawaban Anda masuk; waktu yang sudah berjalan tidak diulang dari awal.',
        button: 'Buka halaman status',
      },
      en: {
        subject: 'An officer needs information about {{cooperativeName}}',
        preview: 'The review of your cooperative’s application waits for your answer.',
        hello: 'Hello {{name}},',
        asked: 'An officer is reviewing your cooperative’s application and needs to know more about:',
        next: 'Answer on the status page, and send the document where one is asked for. The review goes on as soon as your answer is there; the time that has passed does not start again.',
        button: 'Open the status page',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'asked' },
      { kind: 'list', of: 'reasons' },
      { kind: 'paragraph', text: 'next' },
      { kind: 'button', label: 'button', url: 'statusUrl', when: 'statusUrl' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_information_request',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, petugas membutuhkan keterangan tentang pendaftaran {{2}} di IDXCOOP: {{3}}. Jawablah di halaman status Anda: balas STATUS untuk tautannya.',
      en: 'Hello {{1}}, an officer needs information about the application of {{2}} at IDXCOOP: {{3}}. Answer on your status page: reply STATUS for its link.',
    },
    parameters: ['name', 'cooperativeName', 'allReasons'],
  },
};
