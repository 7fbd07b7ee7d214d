import type { Language } from '@idxcoop/platform';
import { escapeHtml, htmlPage } from '../page.templates';

const TEXTS = {
  id: {
    title: 'Konfirmasi kontak – IDXCOOP',
    ask: 'Tekan tombol di bawah untuk mengonfirmasi bahwa alamat surel ini milik Anda.',
    button: 'Konfirmasi',
    done: 'Terima kasih. Alamat Anda sudah dikonfirmasi. Halaman ini boleh ditutup.',
    expired: 'Tautan ini sudah tidak berlaku. Mintalah kiriman baru dari halaman pendaftaran.',
    ignore: 'Bukan Anda? Abaikan pesan itu; tanpa konfirmasi kami tidak menulis lagi.',
  },
  en: {
    title: 'Confirm your contact – IDXCOOP',
    ask: 'Press the button below to confirm that this e-mail address is yours.',
    button: 'Confirm',
    done: 'Thank you. Your address is confirmed. You may close this page.',
    expired: 'This link is no longer valid. Ask for a new message on the sign-up page.',
    ignore: 'Not you? Ignore the message; without confirmation we do not write again.',
  },
} satisfies Record<Language, Record<string, string>>;

/** The page behind the e-mail's link. Opening it changes nothing; its button does. */
export function confirmPage(language: Language, flowId: string, token: string): string {
  const text = TEXTS[language];
  return htmlPage(
    language,
    text.title,
    `<p>${text.ask}</p>
<form method="post" action="/v1/verifications/${escapeHtml(flowId)}">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<button type="submit">${text.button}</button>
</form>
<p><small>${text.ignore}</small></p>`,
  );
}

export function outcomePage(language: Language, outcome: 'done' | 'expired'): string {
  return htmlPage(language, TEXTS[language].title, `<p>${TEXTS[language][outcome]}</p>`);
}
