import type { Template } from '../template/template';
import { cooperativeName, name, statusUrl } from '../template/variable';

/** A cooperative that fell silent is invited back. */
export const reactivation: Template = {
  variables: { name, cooperativeName, statusUrl },
  mail: {
    texts: {
      id: {
        subject: 'Apa kabar {{cooperativeName}}?',
        preview: 'Sudah lama kami tidak mendengar kabar koperasi Anda.',
        hello: 'Halo {{name}},',
        silent:
          'Sudah lama kami tidak mendengar kabar {{cooperativeName}}. Data koperasi Anda masih tersimpan, dan Anda dapat melanjutkan kapan saja.',
        next: 'Satu langkah saja: buka halaman status dan pastikan data koperasi Anda masih benar.',
        button: 'Buka halaman status',
      },
      en: {
        subject: 'How is {{cooperativeName}}?',
        preview: 'We have not heard of your cooperative for a while.',
        hello: 'Hello {{name}},',
        silent:
          'We have not heard of {{cooperativeName}} for a while. Your cooperative’s details are still here, and you can go on at any time.',
        next: 'One step is enough: open the status page and see whether the details are still right.',
        button: 'Open the status page',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'silent' },
      { kind: 'paragraph', text: 'next' },
      { kind: 'button', label: 'button', url: 'statusUrl', when: 'statusUrl' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_reactivation',
    category: 'MARKETING',
    wording: {
      id: 'Halo {{1}}, sudah lama kami tidak mendengar kabar {{2}}. Datanya masih tersimpan. Balas STATUS untuk melihat apakah semuanya masih benar.',
      en: 'Hello {{1}}, we have not heard of {{2}} for a while. Its details are still here. Reply STATUS to see whether they are still right.',
    },
    parameters: ['name', 'cooperativeName'],
  },
};
