import type { Language, Text } from '@idxcoop/platform';
import type { Registration } from '../cooperative/axes';
import { escapeHtml, htmlPage } from '../page.templates';
import type { NextStep } from './next-step';

/** The next thing to do in one sentence. */
export const NEXT_STEPS: Readonly<Record<NextStep, Text>> = {
  confirm_contact: {
    id: 'Konfirmasikan kontak Anda lewat kode WhatsApp atau tautan surel yang kami kirim.',
    en: 'Confirm your contact with the WhatsApp code or the e-mail link that we sent.',
  },
  submit: {
    id: 'Ajukan pendaftaran agar petugas wilayah Anda memeriksanya.',
    en: 'Submit the registration so that the officer of your territory can check it.',
  },
  wait: {
    id: 'Tunggu keputusan petugas; kami akan memberi tahu Anda.',
    en: 'Wait for the decision of the officer; we will tell you.',
  },
  mend: {
    id: 'Perbaiki hal yang disebut petugas, lalu ajukan lagi.',
    en: 'Mend what the officer named, then submit again.',
  },
  stay_active: {
    id: 'Pendaftaran selesai: jelajahi pustaka praktik baik.',
    en: 'The registration is complete: explore the library of good practice.',
  },
  complete_profile: {
    id: 'Lengkapi data yang diminta sebelum batas waktunya.',
    en: 'Complete what is asked for before it is due.',
  },
  sign_up_again: {
    id: 'Pendaftaran ini kedaluwarsa karena kontak tidak dikonfirmasi; silakan mendaftar lagi.',
    en: 'This registration lapsed because no contact was confirmed; please sign up again.',
  },
  come_back: {
    id: 'Anda telah mundur; ajukan lagi bila ingin kembali.',
    en: 'You have withdrawn; submit again if you want to come back.',
  },
  entity_ended: {
    id: 'Koperasi ini tercatat bubar atau bergabung dengan koperasi lain; hubungi dinas bila keliru.',
    en: 'This cooperative is recorded as dissolved or merged; contact the office if that is wrong.',
  },
  see_survivor: {
    id: 'Catatan ini digabung dengan pendaftaran lain dari koperasi yang sama.',
    en: 'This record was joined with another registration of the same cooperative.',
  },
};

const REGISTRATION: Readonly<Record<Registration, Text>> = {
  draft: { id: 'Draf', en: 'Draft' },
  submitted: { id: 'Diajukan', en: 'Submitted' },
  in_review: { id: 'Sedang diperiksa', en: 'In review' },
  verified: { id: 'Terverifikasi', en: 'Verified' },
  rejected: { id: 'Ditolak', en: 'Rejected' },
  withdrawn: { id: 'Mundur', en: 'Withdrawn' },
  lapsed: { id: 'Kedaluwarsa', en: 'Lapsed' },
  duplicate: { id: 'Data ganda', en: 'Duplicate' },
};

interface StatusOfPage {
  name: string;
  registration: Registration;
  nextStep: { text: string };
  requirements: { errors: { requirement: string; code: string; note?: string }[] };
}

/** The status for somebody with a phone: where it stands, what the officer said, and the one next thing. */
export function statusPage(language: Language, { name, registration, nextStep, requirements }: StatusOfPage): string {
  const title = { id: 'Status pendaftaran – IDXCOOP', en: 'Registration status – IDXCOOP' }[language];
  const notes = requirements.errors.map(({ code, note }) => `<li>${escapeHtml(note ?? code)}</li>`).join('');
  return htmlPage(
    language,
    title,
    `<h2>${escapeHtml(name)}</h2>
<p><strong>${REGISTRATION[registration][language]}</strong></p>
<p>${nextStep.text}</p>
${notes && `<ul>${notes}</ul>`}`,
  );
}
