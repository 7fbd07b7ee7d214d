import type { Language } from '../message/message.schema';
import { longDay } from '../template/figures';
import type { Template, Variables } from '../template/template';
import { cooperativeName, name, statusUrl, text } from '../template/variable';

/** What is asked of cooperatives, in the middle of a sentence; another type is said in general. */
const REQUIREMENTS: Record<Language, Record<string, string>> = {
  id: {
    annual_meeting: 'laporan Rapat Anggota Tahunan (RAT)',
    application: 'pendaftaran',
    board: 'data pengurus',
    evidence: 'bukti pendukung',
    legal_entity_number: 'nomor badan hukum',
    nik_koperasi: 'Nomor Induk Koperasi',
    complete_board: 'susunan pengurus (ketua, sekretaris, bendahara)',
    membership_counts: 'jumlah anggota',
    self_assessment: 'penilaian kesiapan',
    website: 'situs web',
    self_declaration: 'pernyataan mandiri',
  },
  en: {
    annual_meeting: 'the report of the annual members’ meeting (RAT)',
    application: 'the application',
    board: 'the board’s details',
    evidence: 'the supporting documents',
    legal_entity_number: 'the legal entity number',
    nik_koperasi: 'the cooperative number (NIK)',
    complete_board: 'the board (chair, secretary, treasurer)',
    membership_counts: 'the number of members',
    self_assessment: 'the readiness assessment',
    website: 'the website',
    self_declaration: 'the self-declaration',
  },
};
const OTHER: Record<Language, string> = { id: 'kelengkapan data', en: 'the missing details' };

const WHEN: Record<Language, (days: number) => string> = {
  id: (days) => {
    if (days === 0) return 'hari ini';
    if (days === 1) return 'besok';
    return days > 0 ? `${days} hari lagi` : `lewat ${-days} hari`;
  },
  en: (days) => {
    if (days === 0) return 'today';
    if (days === 1) return 'tomorrow';
    if (days > 0) return `in ${days} days`;
    return days === -1 ? '1 day ago' : `${-days} days ago`;
  },
};

const about = {
  requirement: text(
    ({ details }: Variables, language: Language) =>
      details.requirement && (REQUIREMENTS[language][details.requirement] ?? OTHER[language]),
    60,
  ),
  dueDay: text(({ details }, language) => details.dueOn && longDay(details.dueOn, language), 30),
};
const when = text(({ details }, language) => {
  return details.daysLeft === undefined ? undefined : WHEN[language](details.daysLeft);
}, 20);

/** A cooperative is reminded of a day that comes. */
export const requirementReminder: Template = {
  variables: { name, cooperativeName, statusUrl, when, ...about },
  mail: {
    texts: {
      id: {
        subject: 'Batas waktu {{when}}: {{requirement}}',
        preview: 'Paling lambat {{dueDay}} untuk {{cooperativeName}}.',
        hello: 'Halo {{name}},',
        due: 'Kami mengingatkan bahwa {{cooperativeName}} perlu menyelesaikan {{requirement}} paling lambat {{dueDay}} ({{when}}).',
        next: 'Sudah selesai? Laporkan di halaman status, agar kami tidak mengingatkan lagi.',
        button: 'Buka halaman status',
      },
      en: {
        subject: 'Due {{when}}: {{requirement}}',
        preview: 'By {{dueDay}} at the latest, for {{cooperativeName}}.',
        hello: 'Hello {{name}},',
        due: 'A reminder: {{cooperativeName}} has to complete {{requirement}} by {{dueDay}} at the latest ({{when}}).',
        next: 'Done already? Say so on the status page, and we will not remind you again.',
        button: 'Open the status page',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'due' },
      { kind: 'paragraph', text: 'next' },
      { kind: 'button', label: 'button', url: 'statusUrl', when: 'statusUrl' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_requirement_reminder',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, kami mengingatkan bahwa {{2}} perlu menyelesaikan {{3}} paling lambat {{4}}, yaitu {{5}}. Sudah selesai? Laporkan di halaman status: balas STATUS untuk tautannya.',
      en: 'Hello {{1}}, a reminder that {{2}} has to complete {{3}} by {{4}} at the latest, which is {{5}}. Done already? Say so on the status page: reply STATUS for its link.',
    },
    parameters: ['name', 'cooperativeName', 'requirement', 'dueDay', 'when'],
  },
};

/** The office of the cooperative learns that the day has passed. */
export const requirementOverdue: Template = {
  variables: { name, cooperativeName, ...about },
  mail: {
    texts: {
      id: {
        subject: 'Lewat batas waktu: {{cooperativeName}}',
        preview: 'Batas waktu {{requirement}} adalah {{dueDay}}. Mohon hubungi pengurusnya.',
        hello: 'Yth. {{name}},',
        overdue: '{{cooperativeName}} di wilayah Anda belum menyelesaikan {{requirement}}. Batas waktunya {{dueDay}}.',
        next: 'Mohon hubungi pengurusnya dan tanyakan apa yang menjadi kendala. Bila dalam empat hari belum selesai, provinsi akan diberi tahu.',
      },
      en: {
        subject: 'Overdue: {{cooperativeName}}',
        preview: 'Due on {{dueDay}}: {{requirement}}. Please get in touch with its board.',
        hello: 'Dear {{name}},',
        overdue: '{{cooperativeName}} in your territory has not completed {{requirement}}. It was due on {{dueDay}}.',
        next: 'Please get in touch with its board and ask what stands in the way. If it is not done within four days, the province will be told.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'overdue' },
      { kind: 'paragraph', text: 'next' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_requirement_overdue',
    category: 'UTILITY',
    wording: {
      id: 'Yth. {{1}}, kami beri tahukan bahwa {{2}} di wilayah Anda belum menyelesaikan {{3}}. Batas waktunya {{4}}. Mohon hubungi pengurusnya.',
      en: 'Dear {{1}}, this is to tell you that {{2}} in your territory has not completed {{3}}. It was due on {{4}}. Please get in touch with its board.',
    },
    parameters: ['name', 'cooperativeName', 'requirement', 'dueDay'],
  },
};

/** The province learns that its regency could not settle it. */
export const requirementEscalated: Template = {
  variables: { name, cooperativeName, ...about },
  mail: {
    texts: {
      id: {
        subject: 'Perlu tindak lanjut: {{cooperativeName}}',
        preview: 'Lewat seminggu dari batas waktu {{requirement}}.',
        hello: 'Yth. {{name}},',
        escalated:
          '{{cooperativeName}} di provinsi Anda belum menyelesaikan {{requirement}}. Batas waktunya {{dueDay}}, sudah lewat seminggu.',
        next: 'Mohon tanyakan bersama dinas kabupaten/kota apa yang diperlukan koperasi ini.',
      },
      en: {
        subject: 'To be followed up: {{cooperativeName}}',
        preview: 'A week past the due day of {{requirement}}.',
        hello: 'Dear {{name}},',
        escalated:
          '{{cooperativeName}} in your province has not completed {{requirement}}. It was due on {{dueDay}}, a week ago.',
        next: 'Please find out, together with the office of the regency or city, what this cooperative needs.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'escalated' },
      { kind: 'paragraph', text: 'next' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_requirement_escalated',
    category: 'UTILITY',
    wording: {
      id: 'Yth. {{1}}, kami beri tahukan bahwa {{2}} di provinsi Anda belum menyelesaikan {{3}}. Batas waktunya {{4}}, sudah lewat seminggu. Mohon tanyakan bersama dinas kabupaten/kota apa yang diperlukan.',
      en: 'Dear {{1}}, this is to tell you that {{2}} in your province has not completed {{3}}. It was due on {{4}}, a week ago. Please find out with the office of the regency or city what is needed.',
    },
    parameters: ['name', 'cooperativeName', 'requirement', 'dueDay'],
  },
};
