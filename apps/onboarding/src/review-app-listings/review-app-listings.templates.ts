/** What is said about the last day of a proof that has passed already. */
export const proofPassed = {
  code: 'already_expired',
  id: 'bukti ini sudah kedaluwarsa',
  en: 'this proof has expired already',
};

export const approvedWithReasons = {
  id: 'alasan hanya untuk penolakan',
  en: 'reasons are for a rejection only',
};
