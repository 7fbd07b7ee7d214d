/** What is said about the bodies of a sign-in. */
export const oneAddress = {
  code: 'one_address',
  id: 'sertakan satu alamat saja: surel atau nomor ponsel',
  en: 'give one address only: an e-mail address or a mobile number',
};

export const unknownChoice = {
  code: 'unknown_choice',
  id: 'bukan salah satu pilihan dari jawaban sebelumnya',
  en: 'is none of the choices of the answer before',
};
