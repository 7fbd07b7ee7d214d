import { longDay } from '../template/figures';
import type { Template } from '../template/template';
import { cooperativeName, name, text } from '../template/variable';

/** An office let the deadline of a case pass; the next one has it now. */
export const caseEscalated: Template = {
  variables: {
    name,
    cooperativeName,
    missedDay: text(({ details }, language) => details.missedOn && longDay(details.missedOn, language), 30),
    dueDay: text(({ details }, language) => details.dueOn && longDay(details.dueOn, language), 30),
  },
  mail: {
    texts: {
      id: {
        subject: 'Berkas diteruskan kepada Anda: {{cooperativeName}}',
        preview: 'Batas waktu pemeriksaan di kantor sebelumnya lewat pada {{missedDay}}.',
        hello: 'Yth. {{name}},',
        escalated:
          'Berkas {{cooperativeName}} belum diputuskan sampai batas waktunya, {{missedDay}}, dan sekarang menjadi tugas kantor Anda.',
        next: 'Mohon diputuskan paling lambat {{dueDay}}. Berkasnya ada di antrean pemeriksaan kantor Anda.',
      },
      en: {
        subject: 'A case has come to you: {{cooperativeName}}',
        preview: 'The deadline of the office before you passed on {{missedDay}}.',
        hello: 'Dear {{name}},',
        escalated:
          'The case of {{cooperativeName}} was not decided by its deadline, {{missedDay}}, and is your office’s task now.',
        next: 'Please decide by {{dueDay}} at the latest. The case is in the review queue of your office.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'escalated' },
      { kind: 'paragraph', text: 'next' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_case_escalated',
    category: 'UTILITY',
    wording: {
      id: 'Yth. {{1}}, berkas {{2}} belum diputuskan sampai batas waktunya, {{3}}, dan sekarang menjadi tugas kantor Anda. Mohon diputuskan paling lambat {{4}} di antrean pemeriksaan.',
      en: 'Dear {{1}}, the case of {{2}} was not decided by its deadline, {{3}}, and is your office’s task now. Please decide by {{4}} at the latest in the review queue.',
    },
    parameters: ['name', 'cooperativeName', 'missedDay', 'dueDay'],
  },
};
