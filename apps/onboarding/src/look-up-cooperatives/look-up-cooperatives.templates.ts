/** What is said about the body of a lookup. */
export const nameOrPhone = {
  code: 'name_or_phone_required',
  id: 'sertakan nama koperasi atau nomor ponsel, salah satu saja',
  en: 'give the name of a cooperative or a mobile number, and only one of them',
};
