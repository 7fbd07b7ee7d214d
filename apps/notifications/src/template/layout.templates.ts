import type { Language } from '../message/message.schema';

/** What stands under every mail. */
export const FOOTER = {
  id: {
    from: 'IDXCOOP, portal transformasi digital koperasi Indonesia',
    automatic: 'Surel ini dikirim otomatis, jangan dibalas.',
    preferences: 'Atur pesan yang Anda terima',
  },
  en: {
    from: 'IDXCOOP, the portal for the digital transformation of Indonesian cooperatives',
    automatic: 'This mail was sent automatically, please do not reply.',
    preferences: 'Choose which messages you get',
  },
} as const;

/** How somebody is spoken to whose name is not known. */
export const NAMELESS: Record<Language, string> = { id: 'Bapak/Ibu', en: 'there' };

/** How a message says that somebody sent it to see it. */
export const TEST: Record<Language, { mark: string; note: string }> = {
  id: { mark: '[UJI]', note: 'Ini pesan uji. Nama, angka dan tautan di dalamnya hanya contoh.' },
  en: { mark: '[TEST]', note: 'This is a test. The names, figures and links in it are made up.' },
};

/** Text that stands in HTML. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
