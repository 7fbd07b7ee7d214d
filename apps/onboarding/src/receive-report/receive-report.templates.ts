/** What is said about the body of a report. */
export const unknownCooperative = {
  code: 'unknown_cooperative',
  id: 'koperasi ini tidak dikenal',
  en: 'is no cooperative that is known here',
};
