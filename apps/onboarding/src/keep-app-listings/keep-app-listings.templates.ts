/** What is said about the last day of an offer that lies before its first. */
export const offerEndsBefore = {
  code: 'ends_before_start',
  id: 'berakhir sebelum dimulai',
  en: 'ends before it starts',
};
