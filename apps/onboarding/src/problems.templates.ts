import { problem } from '@idxcoop/platform';

export const duplicateCooperative = problem('duplicate_cooperative', 409, {
  id: 'Koperasi ini sudah terdaftar',
  en: 'This cooperative is already registered',
});

export const wrongState = problem('wrong_state', 409, {
  id: 'Langkah ini tidak mungkin pada status sekarang',
  en: 'This step is not possible in the present state',
});

export const contactNotVerified = problem('contact_not_verified', 409, {
  id: 'Kontak belum dikonfirmasi',
  en: 'No contact has been verified yet',
});

export const contactAlreadyVerified = problem('contact_already_verified', 409, {
  id: 'Kontak sudah dikonfirmasi',
  en: 'The contact has already been verified',
});

export const wrongCode = problem('wrong_code', 422, { id: 'Kode salah', en: 'Wrong code' });

export const expiredCode = problem('expired_code', 422, {
  id: 'Kode atau tautan sudah kedaluwarsa',
  en: 'The code or link has expired',
});

export const alreadyDecided = problem('already_decided', 409, {
  id: 'Berkas ini sudah diputuskan',
  en: 'This case has already been decided',
});

export const awaitsAnswer = problem('awaits_answer', 409, {
  id: 'Berkas ini sedang menunggu jawaban pemohon',
  en: 'This case awaits an answer of the applicant already',
});

export const alreadyAnswered = problem('already_answered', 409, {
  id: 'Pertanyaan ini sudah dijawab',
  en: 'This question has been answered already',
});

export const conflictOfInterest = problem('conflict_of_interest', 403, {
  id: 'Anda memiliki konflik kepentingan pada koperasi ini',
  en: 'You have a conflict of interest with this cooperative',
});

export const nobodyElse = problem('no_officer_available', 409, {
  id: 'Tidak ada petugas lain yang tersedia',
  en: 'No other officer is available',
});

export const territoryNotCovered = problem('outside_territory', 403, {
  id: 'Di luar wilayah Anda',
  en: 'Outside your territory',
});

export const unreadableFile = problem('unreadable_file', 422, {
  id: 'Berkas tidak dapat dibaca',
  en: 'The file cannot be read',
});

export const notCsv = problem('unsupported_file_type', 415, {
  id: 'Jenis berkas ini belum didukung: simpan sebagai CSV',
  en: 'This type of file is not supported yet: save it as CSV',
});

export const notEvidence = problem('unsupported_file_type', 415, {
  id: 'Dokumen harus berupa PDF, JPEG, atau PNG',
  en: 'A document has to be a PDF, JPEG or PNG',
});

export const evidenceDecided = problem('evidence_decided', 409, {
  id: 'Dokumen ini sudah diputuskan',
  en: 'This document has been decided on already',
});

export const fileTooLarge = problem('file_too_large', 413, { id: 'Berkas terlalu besar', en: 'The file is too large' });

export const notRevertible = problem('not_revertible', 409, {
  id: 'Unggahan ini tidak dapat dibatalkan',
  en: 'This import cannot be rolled back',
});

export const sessionEnded = problem('session_ended', 401, {
  id: 'Sesi Anda sudah berakhir; masuklah lagi',
  en: 'Your session has ended; sign in again',
});

export const signInUnavailable = problem('sign_in_unavailable', 503, {
  id: 'Masuk dengan kode belum tersedia di sini',
  en: 'Signing in with a code is not available here',
});

export const offerNotOpen = problem('offer_not_open', 409, {
  id: 'Penawaran ini belum dimulai atau sudah berakhir',
  en: 'This offer has not started yet, or is over',
});

export const offerNotForType = problem('offer_not_for_type', 409, {
  id: 'Aplikasi ini bukan untuk jenis koperasi Anda',
  en: 'This application is not made for cooperatives of your type',
});

export const alreadyAccepted = problem('already_accepted', 409, {
  id: 'Penawaran ini sudah Anda terima',
  en: 'You have accepted this offer already',
});
