/** What is said about reasons that come with an approval. */
export const approvedWithReasons = {
  id: 'alasan hanya untuk penolakan',
  en: 'reasons belong to a rejection only',
};
