import type { CauseDetails, DigestFigures, Language } from '../message/message.schema';
import { longDay, number, percent } from '../template/figures';
import type { Row, Template, Variables } from '../template/template';
import { name, rows, text } from '../template/variable';

/** States of a target, as a reader is told of them; the same names as in its progress. */
const STATUS: Record<Language, Record<string, string>> = {
  id: {
    on_track: 'sesuai rencana',
    at_risk: 'berisiko tidak tercapai',
    off_track: 'tertinggal dari rencana',
    achieved: 'tercapai',
    missed: 'tidak tercapai pada tenggatnya',
    paused: 'dihentikan sementara',
    not_started: 'belum dimulai',
    rebaselined: 'rencananya baru diubah',
    stale_data: 'data terlambat, belum dapat dinilai',
    insufficient_history: 'riwayat belum cukup untuk dinilai',
  },
  en: {
    on_track: 'on track',
    at_risk: 'at risk',
    off_track: 'behind the plan',
    achieved: 'achieved',
    missed: 'missed at its deadline',
    paused: 'paused',
    not_started: 'not started',
    rebaselined: 'its plan was just changed',
    stale_data: 'data is late, it cannot be judged yet',
    insufficient_history: 'too little history to be judged',
  },
};

const WORDS = {
  id: {
    period: { daily: 'harian', weekly: 'mingguan' },
    counts: (actual: string, target: string) => `${actual} dari ${target}`,
    unknown: 'belum dinilai',
    gained: 'Sejak ringkasan lalu',
    required: 'Laju yang diperlukan',
    perWeek: (figure: string) => `${figure} per minggu`,
    left: 'Sisa waktu',
    days: (days: string) => `${days} hari`,
    status: 'Status',
    noPace: 'tidak dihitung',
  },
  en: {
    period: { daily: 'daily', weekly: 'weekly' },
    counts: (actual: string, target: string) => `${actual} of ${target}`,
    unknown: 'not judged yet',
    gained: 'Since the last digest',
    required: 'Required pace',
    perWeek: (figure: string) => `${figure} a week`,
    left: 'Time left',
    days: (days: string) => (days === '1' ? '1 day' : `${days} days`),
    status: 'Status',
    noPace: 'not calculated',
  },
} as const;

/** Cut, not rounded: a target is not at 100,00 % before it is reached. */
function shareOf({ actual, target }: DigestFigures, language: Language): string {
  const share = target > 0 ? Math.floor(Number(((actual / target) * 10_000).toFixed(6))) / 100 : 0;
  return percent(share, language, 2);
}

function countsOf({ actual, target }: DigestFigures, language: Language): string {
  return WORDS[language].counts(number(actual, language), number(target, language));
}

function statusOf({ status = '' }: DigestFigures, language: Language): string {
  return STATUS[language][status] ?? WORDS[language].unknown;
}

function signed(value: number, language: Language): string {
  return `${value > 0 ? '+' : ''}${number(value, language)}`;
}

function paceOf({ requiredPerWeek, daysLeft }: DigestFigures, language: Language): string {
  const { perWeek, days, noPace } = WORDS[language];
  if (requiredPerWeek === undefined) return noPace;
  const pace = perWeek(number(requiredPerWeek, language));
  return daysLeft === undefined ? pace : `${pace}, ${days(number(daysLeft, language))}`;
}

function rowsOf(figures: DigestFigures, language: Language): Row[] {
  const { gained, requiredPerWeek, daysLeft } = figures;
  const words = WORDS[language];
  return [
    [words.status, statusOf(figures, language)],
    ...(gained === undefined ? [] : [[words.gained, signed(gained, language)] as const]),
    ...(requiredPerWeek === undefined
      ? []
      : [[words.required, words.perWeek(number(requiredPerWeek, language))] as const]),
    ...(daysLeft === undefined ? [] : [[words.left, words.days(number(daysLeft, language))] as const]),
  ];
}

type OfFigures<T> = (figures: DigestFigures, language: Language) => T;
/** Of the figures, where they are there. */
const from =
  <T>(of: OfFigures<T>) =>
  ({ details }: Variables, language: Language) =>
    details.figures && of(details.figures, language);
const periodOf = ({ period }: CauseDetails, language: Language) => period && WORDS[language].period[period];

/** Figures of a target that an official ordered. */
export const digest: Template = {
  variables: {
    name,
    period: text(({ details }, language) => periodOf(details, language), 12),
    target: text(({ details }) => details.targetKey, 80),
    asOf: text(({ details }, language) => details.asOf && longDay(details.asOf, language), 30),
    share: text(from(shareOf), 14),
    counts: text(from(countsOf), 60),
    status: text(from(statusOf), 60),
    pace: text(from(paceOf), 60),
    figures: rows(from(rowsOf)),
  },
  mail: {
    texts: {
      id: {
        subject: 'Ringkasan {{period}} sasaran {{target}}: {{share}}',
        preview: '{{counts}}, {{status}}.',
        hello: 'Yth. {{name}},',
        state: 'Sampai {{asOf}} sasaran {{target}} mencapai {{share}} ({{counts}}).',
        more: 'Definisi dan sumber angka ini ada di laporan kemajuan sasaran. Ringkasan ini dikirim karena Anda memesannya.',
      },
      en: {
        subject: 'Your {{period}} digest of target {{target}}: {{share}}',
        preview: '{{counts}}, {{status}}.',
        hello: 'Dear {{name}},',
        state: 'Up to {{asOf}} the target {{target}} has reached {{share}} ({{counts}}).',
        more: 'The definition and the source of these figures are in the progress report of the target. You get this digest because you ordered it.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'state' },
      { kind: 'rows', of: 'figures' },
      { kind: 'small', text: 'more' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_digest',
    category: 'UTILITY',
    wording: {
      id: 'Yth. {{1}}, ringkasan {{2}} sasaran {{3}} sampai {{4}}: capaian {{5}}, yaitu {{6}}. Status: {{7}}. Laju yang diperlukan: {{8}}. Rinciannya ada di laporan kemajuan.',
      en: 'Dear {{1}}, your {{2}} digest of target {{3}} up to {{4}}: reached {{5}}, that is {{6}}. Status: {{7}}. Required pace: {{8}}. The details are in the progress report.',
    },
    parameters: ['name', 'period', 'target', 'asOf', 'share', 'counts', 'status', 'pace'],
  },
};
