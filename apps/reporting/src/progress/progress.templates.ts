import type { Status } from './status';

export type Language = 'id' | 'en';

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;

function number(language: Language, value: number, decimals = 0): string {
  return value.toLocaleString(LOCALES[language], { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function share(language: Language, value: number, decimals = 2): string {
  return `${number(language, value, decimals)} %`;
}

/** What the reason of a state names besides the state itself. */
export interface ReasonFigures {
  actual: number;
  value: number;
  deadline: string;
  baseline: { value: number; date: string } | null;
}

type Reason = (status: Status, figures: ReasonFigures, language: Language) => { id: string; en: string };

const byFigures: Reason = (status, { actual, baseline }, language) => {
  const index = status.indexPercent === undefined ? null : share(language, status.indexPercent, 1);
  const chance = status.probability === undefined ? null : share(language, status.probability * 100);
  if (status.by === 'probability')
    return {
      id: `Peluang mencapai target pada tenggat ${chance}${index ? `; dibanding garis rencana ${index}` : ''}.`,
      en: `The chance of reaching the target by the deadline is ${chance}${index ? `; against the planned line it is ${index}` : ''}.`,
    };
  if (index)
    return {
      id: `Capaian ${index} dari garis rencana${chance ? `, peluang ${chance}` : ''}.`,
      en: `The actual is ${index} of the planned line${chance ? `, the chance ${chance}` : ''}.`,
    };
  const [is, start] = [number(language, actual), number(language, baseline?.value ?? 0)];
  return status.state === 'off_track'
    ? {
        id: `Ini hari nilai awal, dan capaian ${is} di bawah nilai awal ${start}.`,
        en: `This is the day of the baseline, and the actual of ${is} is below the baseline of ${start}.`,
      }
    : {
        id: `Ini hari nilai awal (${start}): capaian ${is}; garis rencana dihitung mulai hari berikutnya.`,
        en: `This is the day of the baseline (${start}): the actual is ${is}; the planned line counts from the next day on.`,
      };
};

const REASONS: Readonly<Record<Status['state'], Reason>> = {
  paused: () => ({ id: 'Target sedang dihentikan sementara.', en: 'The target is paused.' }),
  achieved: (status, { actual, value }, language) => ({
    id: `Tercapai${status.achievedLateOn ? ` terlambat pada ${status.achievedLateOn}` : ''}: ${number(language, actual)} dari ${number(language, value)}.`,
    en: `Achieved${status.achievedLateOn ? ` late, on ${status.achievedLateOn}` : ''}: ${number(language, actual)} of ${number(language, value)}.`,
  }),
  missed: (_status, { actual, value, deadline }, language) => ({
    id: `Tenggat ${deadline} lewat dengan ${number(language, actual)} dari ${number(language, value)}.`,
    en: `The deadline ${deadline} passed with ${number(language, actual)} of ${number(language, value)}.`,
  }),
  not_started: (_status, { baseline }) => ({
    id: `Hitungan mulai pada hari nilai awal, ${baseline?.date}.`,
    en: `Counting starts on the day of the baseline, ${baseline?.date}.`,
  }),
  rebaselined: () => ({
    id: 'Rencana baru saja diubah; dinilai lagi pada penutupan hari ini.',
    en: 'The plan was just changed; it is judged again at the close of the day.',
  }),
  stale_data: () => ({
    id: 'Data terlambat lebih dari 24 jam, sehingga angka ini belum dapat dinilai.',
    en: 'Data is more than 24 hours late, so this figure cannot be judged yet.',
  }),
  insufficient_history: (status, _figures, language) => ({
    id: `Riwayat belum cukup untuk menilai laju: tanpa nilai awal, baru ${number(language, status.arrivalDays)} hari dengan tambahan.`,
    en: `Too little history to judge the pace: no baseline, and only ${number(language, status.arrivalDays)} days with arrivals.`,
  }),
  on_track: byFigures,
  at_risk: byFigures,
  off_track: byFigures,
};

/** Why a target is in its state, in one sentence. */
export function reasonOf(status: Status, figures: ReasonFigures, language: Language): string {
  return REASONS[status.state](status, figures, language)[language];
}

/** Why a published figure reads differently now. */
export function revisionReason(change: { late: number; withdrawn: number }, language: Language): string {
  const late = number(language, change.late);
  const withdrawn = number(language, change.withdrawn);
  return {
    id: `Setelah terbit: ${late} tambahan yang dilaporkan terlambat, ${withdrawn} dikurangi oleh koreksi.`,
    en: `After publication: ${late} more that were reported late, ${withdrawn} fewer by corrections.`,
  }[language];
}
