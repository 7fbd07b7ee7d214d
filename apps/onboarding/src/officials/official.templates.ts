/** What is said about an official who cannot take a case. */
export const notAssignable = {
  code: 'not_assignable',
  id: 'bukan petugas kantor ini, sedang cuti, atau memiliki konflik kepentingan',
  en: 'is not in this office, is on leave, or has a conflict of interest',
};

/** What is said about a leave whose days are the wrong way round. */
export const leaveEndsBefore = {
  code: 'ends_before_start',
  id: 'cuti berakhir sebelum dimulai',
  en: 'the leave ends before it begins',
};
