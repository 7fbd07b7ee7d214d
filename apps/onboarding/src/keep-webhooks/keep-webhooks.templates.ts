/** What is said about an address that we would not call. */
export const urlRefused = {
  id: 'harus alamat https yang terbuka untuk umum',
  en: 'must be an https address of the public network',
};
