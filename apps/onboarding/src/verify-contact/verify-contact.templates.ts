import type { Language } from '@idxcoop/platform';
import { escapeHtml, htmlPage } from '../page.templates';

/** What a flow has to show: a link's button, a field for the code, or why there is neither. */
export type VerificationView =
  | { kind: 'link'; flowId: string; token: string }
  | { kind: 'code'; flowId: string; attemptsLeft?: number }
  | { kind: 'done' | 'incomplete' }
  | { kind: 'expired' | 'spent' | 'gone'; nextFlowId?: string };

const TEXTS = {
  id: {
    title: 'Konfirmasi kontak – IDXCOOP',
    link: 'Tekan tombol di bawah untuk mengonfirmasi bahwa alamat surel ini milik Anda.',
    code: 'Ketik kode enam angka dari pesan WhatsApp kami.',
    label: 'Kode',
    button: 'Konfirmasi',
    done: 'Terima kasih. Kontak Anda sudah dikonfirmasi. Halaman ini boleh ditutup; langkah berikutnya kami kirim kepada Anda.',
    incomplete: 'Buka tautan dari surel kami secara utuh: alamat halaman ini tidak lengkap.',
    expired: 'Kode atau tautan ini sudah kedaluwarsa. Mintalah kiriman baru dari halaman pendaftaran.',
    spent:
      'Kesempatan mencoba untuk kode atau tautan ini sudah habis. Gunakan pesan terakhir yang kami kirim, atau mintalah kiriman baru dari halaman pendaftaran.',
    gone: 'Tautan ini sudah tidak berlaku. Mintalah kiriman baru dari halaman pendaftaran.',
    next: 'Ketik kode dari pesan yang terakhir',
    left: 'Kode salah; sisa percobaan:',
    ignore: 'Bukan Anda? Abaikan pesan itu; tanpa konfirmasi kami tidak menulis lagi.',
  },
  en: {
    title: 'Confirm your contact – IDXCOOP',
    link: 'Press the button below to confirm that this e-mail address is yours.',
    code: 'Type the six digits of our WhatsApp message.',
    label: 'Code',
    button: 'Confirm',
    done: 'Thank you. Your contact is confirmed. You may close this page; we send you the next step.',
    incomplete: 'Open the link in the e-mail as a whole: the address of this page is not complete.',
    expired: 'This code or link has expired. Ask for a new message on the sign-up page.',
    spent:
      'The attempts for this code or link are used up. Use the last message that we sent, or ask for a new one on the sign-up page.',
    gone: 'This link is no longer valid. Ask for a new message on the sign-up page.',
    next: 'Type the code of the last message',
    left: 'Wrong code; attempts left:',
    ignore: 'Not you? Ignore the message; without confirmation we do not write again.',
  },
} satisfies Record<Language, Record<string, string>>;

/** The page of a flow. Opening it changes nothing; its button does. */
export function verificationPage(language: Language, view: VerificationView): string {
  const text = TEXTS[language];
  return htmlPage(language, text.title, bodyOf(view, text));
}

function bodyOf(view: VerificationView, text: (typeof TEXTS)[Language]): string {
  switch (view.kind) {
    case 'link':
      return form(view.flowId, text.link, hidden(view.token), text);
    case 'code': {
      const wrong =
        view.attemptsLeft === undefined ? '' : `<p><strong>${text.left} ${view.attemptsLeft}</strong></p>\n`;
      return wrong + form(view.flowId, text.code, codeField(text.label), text);
    }
    case 'done':
    case 'incomplete':
      return `<p>${text[view.kind]}</p>`;
    case 'expired':
    case 'spent':
    case 'gone': {
      const next = view.nextFlowId && `\n<p><a href="${pathOf(view.nextFlowId)}">${text.next}</a></p>`;
      return `<p>${text[view.kind]}</p>${next ?? ''}`;
    }
  }
}

function form(flowId: string, ask: string, field: string, text: (typeof TEXTS)[Language]): string {
  return `<p>${ask}</p>
<form method="post" action="${pathOf(flowId)}">
${field}
<button type="submit">${text.button}</button>
</form>
<p><small>${text.ignore}</small></p>`;
}

function pathOf(flowId: string): string {
  return `/v1/verifications/${escapeHtml(flowId)}`;
}

function hidden(token: string): string {
  return `<input type="hidden" name="token" value="${escapeHtml(token)}">`;
}

function codeField(label: string): string {
  return `<p><label>${label} <input type="text" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" size="8" required></label></p>`;
}
