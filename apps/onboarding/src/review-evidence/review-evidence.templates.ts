/** What is said about reasons that come with an acceptance. */
export const acceptedWithReasons = {
  id: 'alasan hanya untuk penolakan',
  en: 'reasons belong to a rejection only',
};
