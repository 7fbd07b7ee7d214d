/** What is said about a survivor that is none of the two. */
export const notOfThePair = {
  code: 'not_of_the_pair',
  id: 'harus salah satu dari kedua koperasi',
  en: 'must be one of the two cooperatives',
};

/** What is said about a survivor of two that are different. */
export const onlyWithSame = {
  code: 'not_allowed',
  id: 'hanya bersama keputusan "same"',
  en: 'only with the decision "same"',
};
