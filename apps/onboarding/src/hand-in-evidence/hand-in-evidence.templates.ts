/** What is said about the last day of a document that has passed, or is no day. */
export const dayPassed = {
  code: 'already_expired',
  id: 'bukan tanggal yang akan datang',
  en: 'is not a day that is still to come',
};
