/** What is said about a leave whose days are the wrong way round. */
export const leaveEndsBefore = {
  code: 'ends_before_start',
  id: 'cuti berakhir sebelum dimulai',
  en: 'the leave ends before it begins',
};
