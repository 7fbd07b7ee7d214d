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

const NAMED_REGIONS = 3;

const COOPERATIVES: Record<Language, (count: number) => string> = {
  id: (count) => `${count} koperasi`,
  en: (count) => (count === 1 ? '1 cooperative' : `${count} cooperatives`),
};
const IN: Record<Language, (count: number, region: string) => string> = {
  id: (count, region) => `${count} di ${region}`,
  en: (count, region) => `${count} in ${region}`,
};
const ELSEWHERE: Record<Language, string> = { id: 'daerah lain', en: 'other regions' };

/** How many there are, by region: the largest, and the rest together. */
function byRegion({ details: { regions = [] } }: Variables, language: Language): string {
  const rest = regions.slice(NAMED_REGIONS).reduce((sum, { count }) => sum + count, 0);
  const named = regions.slice(0, NAMED_REGIONS).map(({ name, count }) => IN[language](count, name));
  return [...named, ...(rest > 0 ? [IN[language](rest, ELSEWHERE[language])] : [])].join(', ');
}

/** Of several cooperatives, none of them by name. */
const together = {
  name,
  cooperatives: text(({ details: { count } }, language) => (count ? COOPERATIVES[language](count) : undefined), 30),
  regions: text(byRegion, 200),
  ...about,
};

/** An office learns that the day has passed for cooperatives of its territory. */
export const requirementOverdue: Template = {
  variables: together,
  mail: {
    texts: {
      id: {
        subject: 'Lewat batas waktu: {{cooperatives}}, {{requirement}}',
        preview: '{{regions}}. Mohon hubungi pengurusnya.',
        hello: 'Yth. {{name}},',
        overdue:
          '{{cooperatives}} di wilayah Anda belum menyelesaikan {{requirement}}: {{regions}}. Batas waktu paling awal adalah {{dueDay}}.',
        next: 'Mohon hubungi pengurusnya dan tanyakan apa yang menjadi kendala. Bila dalam empat hari belum selesai, provinsi akan diberi tahu.',
      },
      en: {
        subject: 'Overdue: {{cooperatives}}, {{requirement}}',
        preview: '{{regions}}. Please get in touch with their boards.',
        hello: 'Dear {{name}},',
        overdue:
          'In your territory {{cooperatives}} did not complete {{requirement}} in time: {{regions}}. The earliest due day was {{dueDay}}.',
        next: 'Please get in touch with their boards and ask what stands in the way. What is not done within four days is told to the province.',
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
      id: 'Yth. {{1}}, kami beri tahukan bahwa {{2}} di wilayah Anda belum menyelesaikan {{3}}, yaitu {{4}}. Batas waktu paling awal adalah {{5}}. Mohon hubungi pengurusnya.',
      en: 'Dear {{1}}, this is to tell you that in your territory {{2}} did not complete {{3}} in time, namely {{4}}. The earliest due day was {{5}}. Please get in touch with their boards.',
    },
    parameters: ['name', 'cooperatives', 'requirement', 'regions', 'dueDay'],
  },
};

/** The province learns what its regencies could not settle. */
export const requirementEscalated: Template = {
  variables: together,
  mail: {
    texts: {
      id: {
        subject: 'Perlu tindak lanjut: {{cooperatives}}, {{requirement}}',
        preview: '{{regions}}. Lewat seminggu dari batas waktu.',
        hello: 'Yth. {{name}},',
        escalated:
          '{{cooperatives}} di provinsi Anda belum menyelesaikan {{requirement}}, dan batas waktunya sudah lewat seminggu: {{regions}}. Batas waktu paling awal adalah {{dueDay}}.',
        next: 'Mohon tanyakan bersama dinas kabupaten/kota apa yang diperlukan koperasi di sana.',
      },
      en: {
        subject: 'To be followed up: {{cooperatives}}, {{requirement}}',
        preview: '{{regions}}. A week past the due day.',
        hello: 'Dear {{name}},',
        escalated:
          'In your province {{cooperatives}} did not complete {{requirement}}, a week past the due day: {{regions}}. The earliest due day was {{dueDay}}.',
        next: 'Please find out, together with the offices of the regencies and cities, what is needed there.',
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
      id: 'Yth. {{1}}, kami beri tahukan bahwa {{2}} di provinsi Anda belum menyelesaikan {{3}}, yaitu {{4}}, dan batas waktunya sudah lewat seminggu. Batas waktu paling awal adalah {{5}}. Mohon tanyakan bersama dinas kabupaten/kota apa yang diperlukan.',
      en: 'Dear {{1}}, this is to tell you that in your province {{2}} did not complete {{3}}, namely {{4}}, a week past the due day. The earliest due day was {{5}}. Please find out with the offices of the regencies and cities what is needed.',
    },
    parameters: ['name', 'cooperatives', 'requirement', 'regions', 'dueDay'],
  },
};
