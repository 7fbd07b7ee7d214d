import type { Language } from '../message/message.schema';
import type { Template } from '../template/template';
import { name, text } from '../template/variable';

/** The words of a campaign in the language of who reads them; Bahasa Indonesia is always there. */
function wordsOf(words: Partial<Record<Language, string>> | undefined, language: Language): string | undefined {
  return words?.[language] ?? words?.id;
}

/** An announcement of the ministry: its own words, in our frame. */
export const announcement: Template = {
  variables: {
    name,
    headline: text(({ details }, language) => wordsOf(details.headline, language), 60),
    words: text(({ details }, language) => wordsOf(details.text, language), 500),
  },
  mail: {
    texts: {
      id: {
        subject: '{{headline}}',
        preview: '{{words}}',
        headline: '{{headline}}',
        hello: 'Halo {{name}},',
        words: '{{words}}',
        why: 'Anda menerima pengumuman ini karena Anda menyetujuinya di IDXCOOP.',
      },
      en: {
        subject: '{{headline}}',
        preview: '{{words}}',
        headline: '{{headline}}',
        hello: 'Hello {{name}},',
        words: '{{words}}',
        why: 'You get this announcement because you agreed to announcements at IDXCOOP.',
      },
    },
    body: [
      { kind: 'heading', text: 'headline' },
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'words' },
      { kind: 'small', text: 'why' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_announcement',
    category: 'MARKETING',
    wording: {
      id: 'Halo {{1}}, pengumuman dari IDXCOOP: {{2}}\n\nIsinya: {{3}}\n\nBalas BERHENTI bila tidak ingin menerima pengumuman dan pemberitahuan apa pun lagi di nomor ini.',
      en: 'Hello {{1}}, an announcement of IDXCOOP: {{2}}\n\nIt says: {{3}}\n\nReply BERHENTI to get no more announcements or notices on this number.',
    },
    parameters: ['name', 'headline', 'words'],
  },
};
