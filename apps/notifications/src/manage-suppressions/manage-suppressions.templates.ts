import { problem } from '@idxcoop/platform';

export const ownWish = problem('own_wish', 409, {
  id: 'Ini keinginan orang itu sendiri; hanya petugas pelindungan data yang dapat mencabutnya, atas permintaan orang itu',
  en: 'This is the person’s own wish; only the privacy officer lifts it, at the person’s request',
});
