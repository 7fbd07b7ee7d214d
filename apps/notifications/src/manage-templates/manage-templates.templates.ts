import { problem } from '@idxcoop/platform';

export const notTestable = problem('template_not_testable', 409, {
  id: 'Pesan ini tidak dapat dikirim sebagai uji lewat saluran itu',
  en: 'This message cannot be sent as a test on that channel',
});

export const UNKNOWN_VARIABLE = {
  id: 'Tidak ada isian kata atau tautan dengan nama ini',
  en: 'No word or link of the template has this name',
};
export const NOT_A_VALUE = {
  id: 'Bukan kata atau tautan yang dapat dipakai',
  en: 'Not a word or link that can be used',
};
