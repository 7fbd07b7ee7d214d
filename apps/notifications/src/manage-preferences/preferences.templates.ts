import type { Language } from '../message/message.schema';
import { escapeHtml } from '../template/layout.templates';

const WORDS = {
  id: {
    title: 'Pesan dari IDXCOOP',
    on: 'Anda menerima pengumuman dari IDXCOOP.',
    off: 'Anda tidak menerima pengumuman dari IDXCOOP.',
    stays: 'Kode konfirmasi dan kabar tentang pendaftaran koperasi tetap dikirim.',
    stop: 'Berhenti menerima pengumuman',
    start: 'Terima pengumuman lagi',
  },
  en: {
    title: 'Messages from IDXCOOP',
    on: 'You get announcements from IDXCOOP.',
    off: 'You do not get announcements from IDXCOOP.',
    stays: 'Codes and news about a cooperative’s application are still sent.',
    stop: 'Stop announcements',
    start: 'Get announcements again',
  },
} as const;

/** The page behind the link in our mails. It shows; only its button changes anything, so a mail scanner changes nothing. */
export function preferencesPage(announcements: boolean, action: string, language: Language): string {
  const words = WORDS[language];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${words.title}</title></head>
<body style="margin:0 auto;max-width:32rem;padding:2rem 1rem;font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;line-height:1.5;color:#1f2933">
<h1 style="font-size:1.4rem;color:#9c1c1f">${words.title}</h1>
<p>${announcements ? words.on : words.off}</p>
<p>${words.stays}</p>
<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="announcements" value="${!announcements}">
<button style="padding:.8rem 1.2rem;border:0;border-radius:6px;background:#9c1c1f;color:#fff;font-size:1rem">${announcements ? words.stop : words.start}</button></form>
</body></html>
`;
}
