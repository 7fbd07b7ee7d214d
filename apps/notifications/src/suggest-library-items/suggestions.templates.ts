import type { Template } from '../template/template';
import { cooperativeName, links, name, text } from '../template/variable';

/** Material for what a cooperative still lacks. */
export const librarySuggestions: Template = {
  variables: {
    name,
    cooperativeName,
    items: links(({ items }) => items),
    titles: text(({ items = [] }) => items.map(({ title }) => title).join('; '), 400),
  },
  mail: {
    texts: {
      id: {
        subject: 'Materi baru untuk {{cooperativeName}}',
        preview: 'Dipilih untuk hal yang masih perlu disiapkan koperasi Anda.',
        hello: 'Halo {{name}},',
        chosen:
          'Minggu ini kami menemukan materi di pustaka IDXCOOP untuk hal yang masih perlu disiapkan {{cooperativeName}}:',
        next: 'Mulailah dari yang pertama.',
      },
      en: {
        subject: 'New material for {{cooperativeName}}',
        preview: 'Chosen for what your cooperative still has to prepare.',
        hello: 'Hello {{name}},',
        chosen: 'This week we found material in the IDXCOOP library for what {{cooperativeName}} still has to prepare:',
        next: 'Begin with the first one.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'chosen' },
      { kind: 'links', of: 'items' },
      { kind: 'paragraph', text: 'next' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_library_suggestions',
    category: 'MARKETING',
    wording: {
      id: 'Halo {{1}}, untuk hal yang masih perlu disiapkan {{2}} ada materi di pustaka IDXCOOP: {{3}}. Mulailah dari yang pertama.',
      en: 'Hello {{1}}, the IDXCOOP library has material for what {{2}} still has to prepare: {{3}}. Begin with the first one.',
    },
    parameters: ['name', 'cooperativeName', 'titles'],
  },
};
