import { problem } from '@idxcoop/platform';

export const notPublished = problem('not_published', 409, {
  id: 'Konten ini belum pernah diterbitkan',
  en: 'This item has not been published',
});

export const indexBehind = problem('index_behind', 503, {
  id: 'Perubahan itu belum masuk ke pencarian, coba lagi sebentar lagi',
  en: 'The search has not caught up with that change yet, try again in a moment',
});

export const indexLoading = problem('index_loading', 503, {
  id: 'Pencarian sedang disiapkan, coba lagi sebentar lagi',
  en: 'The search is being prepared, try again in a moment',
});
