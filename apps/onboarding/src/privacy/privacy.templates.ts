import { problem } from '@idxcoop/platform';

export const requestOpen = problem('privacy_request_open', 409, {
  id: 'Permintaan yang sama masih diproses',
  en: 'The same request is still open',
});

export const requestDecided = problem('already_decided', 409, {
  id: 'Permintaan ini sudah diputuskan',
  en: 'This request has already been decided',
});

export const identityNotChecked = problem('identity_not_checked', 409, {
  id: 'Identitas pemohon belum diperiksa',
  en: 'The identity of the person has not been checked yet',
});

export const notInForce = problem('not_in_force', 409, {
  id: 'Tidak ada pembatasan yang berlaku',
  en: 'No restriction is in force',
});

export const copyGone = problem('copy_gone', 410, {
  id: 'Tautan salinan data sudah dipakai atau kedaluwarsa',
  en: 'The link to the copy was used, or has expired',
});

const TEXTS = {
  id: {
    title: 'Salinan data Anda',
    text: 'Salinan dapat diunduh satu kali. Simpan di tempat yang aman.',
    button: 'Unduh salinan',
  },
  en: {
    title: 'The copy of your data',
    text: 'It can be downloaded once. Keep it in a safe place.',
    button: 'Download the copy',
  },
} as const;

/** What the page of a copy says. */
export function copyTexts(language: keyof typeof TEXTS) {
  return TEXTS[language];
}
