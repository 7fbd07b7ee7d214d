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
    torn: 'Tautan ini tidak lengkap atau tidak berlaku. Buka lagi tautan di akhir surel dari kami, atau salin seluruhnya.',
  },
  en: {
    title: 'Messages from IDXCOOP',
    on: 'You get announcements from IDXCOOP.',
    off: 'You do not get announcements from IDXCOOP.',
    stays: 'Codes and news about a cooperative’s application are still sent.',
    stop: 'Stop announcements',
    start: 'Get announcements again',
    torn: 'This link is not complete or not valid. Open the link at the end of our mail again, or copy all of it.',
  },
} as const;

/** The page behind the link in our mails. It shows; only its button changes anything, so a mail scanner changes nothing. */
export function preferencesPage(announcements: boolean, action: string, language: Language): string {
  const words = WORDS[language];
  return page(
    language,
    `<p>${announcements ? words.on : words.off}</p>
<p>${words.stays}</p>
<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="announcements" value="${!announcements}">
<button style="padding:.8rem 1.2rem;border:0;border-radius:6px;background:#9c1c1f;color:#fff;font-size:1rem">${announcements ? words.stop : words.start}</button></form>`,
  );
}

/** The page of a link that was cut off on its way: mail programs break long lines. */
export function tornLinkPage(language: Language): string {
  return page(language, `<p>${WORDS[language].torn}</p>`);
}

function page(language: Language, body: string): string {
  const { title } = WORDS[language];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title}</title></head>
<body style="margin:0 auto;max-width:32rem;padding:2rem 1rem;font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;line-height:1.5;color:#1f2933">
<h1 style="font-size:1.4rem;color:#9c1c1f">${title}</h1>
${body}
</body></html>
`;
}
