import { problem } from '@idxcoop/platform';

export const futureAsOf = problem('future_as_of', 422, {
  id: 'Hari yang ditanyakan belum tiba',
  en: 'The day that was asked for has not come yet',
});
export const targetExists = problem('target_exists', 409, {
  id: 'Sudah ada target dengan kunci ini',
  en: 'There is a target with this key already',
});
export const indicatorExists = problem('indicator_exists', 409, {
  id: 'Sudah ada indikator dengan kunci ini',
  en: 'There is an indicator with this key already',
});
export const digestExists = problem('digest_exists', 409, {
  id: 'Pejabat ini sudah menerima ringkasan itu',
  en: 'This official gets such a digest already',
});
export const noWeight = problem('no_weight', 422, {
  id: 'Ada wilayah tanpa bobot, sehingga target tidak dapat dibagi ke sana',
  en: 'An area without weight cannot be allocated to',
});
export const notObserved = problem('not_observed', 409, {
  id: 'Indikator ini dihitung dari fakta, bukan diisi',
  en: 'This indicator is counted from facts, not observed',
});

/** What is wrong with single fields, where the common texts do not say it. */
export const FIELD = {
  not_day: { id: 'harus berupa hari YYYY-MM-DD yang ada', en: 'must be a day YYYY-MM-DD that exists' },
  not_day_or_instant: { id: 'harus berupa hari atau waktu RFC 3339', en: 'must be a day or an instant of RFC 3339' },
  not_time_zone: { id: 'harus salah satu zona waktu Indonesia', en: 'must be one of the time zones of Indonesia' },
  not_key: { id: 'harus huruf kecil, angka, dan tanda hubung', en: 'must be lower case letters, digits and hyphens' },
  unknown_indicator: { id: 'bukan indikator yang dikenal', en: 'is not an indicator that we know' },
  unknown_target: { id: 'bukan target yang dikenal', en: 'is not a target that we know' },
  unknown_official: { id: 'bukan pejabat yang dikenal', en: 'is not an official that we know' },
  not_hour: { id: 'harus jam seperti 07:00', en: 'must be an hour like 07:00' },
  unknown_region: { id: 'bukan kode wilayah yang dikenal', en: 'is not a region code that we know' },
  too_deep: { id: 'harus provinsi atau kabupaten/kota', en: 'must be a province or a regency' },
  not_before_deadline: { id: 'harus sebelum tenggat', en: 'must be before the deadline' },
  below_target: { id: 'harus tidak di bawah nilai target', en: 'must not be below the value of the target' },
  not_below_target: { id: 'harus di bawah nilai target', en: 'must be below the value of the target' },
  not_after_start: { id: 'harus tidak sebelum awal rentang', en: 'must not be before the start of the span' },
  outside_span: { id: 'harus di dalam rentang kalender', en: 'must be inside the span of the calendar' },
  nothing_changes: { id: 'sebutkan apa yang berubah', en: 'say what changes' },
} as const;
