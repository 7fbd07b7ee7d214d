import type { Channel } from '@idxcoop/contracts';
import { createHash } from 'node:crypto';
import type { Language } from '../message/message.schema';
import type { Wording } from '../suppression/consent-entry.schema';
import { escapeHtml } from '../template/layout.templates';
import type { ChannelPreferencesView, MessagePreferencesView, Stop } from './preferences.dto';

const WORDS = {
  id: {
    title: 'Pesan dari IDXCOOP',
    intro: 'Pilih pesan yang ingin Anda terima. Setiap tombol langsung berlaku.',
    stays: 'Kode konfirmasi dan kabar tentang pendaftaran koperasi tetap dikirim.',
    email: 'Surel',
    whatsapp: 'WhatsApp',
    announcements: 'Pengumuman',
    digests: 'Ringkasan berkala',
    on: 'Dikirim kepada Anda.',
    off: 'Tidak dikirim.',
    stop: 'Berhenti',
    start: 'Terima',
    stopAll: 'Hentikan semuanya',
    stopped: {
      stop_word:
        'Anda menulis BERHENTI, jadi kami tidak mengirim pesan ke nomor ini. Kirim MULAI untuk menerimanya lagi.',
      complaint: 'Surel kami ditandai sebagai spam, jadi ke alamat ini kami hanya mengirim kode yang Anda minta.',
      address: 'Pesan tidak sampai ke alamat ini, jadi kami berhenti mengirim.',
      provider: 'Pesan kami ditolak untuk nomor ini di WhatsApp, jadi kami berhenti mengirim.',
    },
    torn: 'Tautan ini tidak lengkap atau tidak berlaku. Buka lagi tautan di akhir surel dari kami, atau salin seluruhnya.',
  },
  en: {
    title: 'Messages from IDXCOOP',
    intro: 'Choose what you want to get. Each button takes effect at once.',
    stays: 'Codes and news about a cooperative’s application are still sent.',
    email: 'E-mail',
    whatsapp: 'WhatsApp',
    announcements: 'Announcements',
    digests: 'Regular summaries',
    on: 'Sent to you.',
    off: 'Not sent.',
    stop: 'Stop',
    start: 'Get them',
    stopAll: 'Stop all of it',
    stopped: {
      stop_word: 'You wrote BERHENTI, so we send nothing to this number. Write MULAI to get messages again.',
      complaint: 'Our mail was marked as spam, so we send this address nothing but codes that you ask for.',
      address: 'Messages do not reach this address, so we stopped sending.',
      provider: 'WhatsApp refused our messages to this number, so we stopped sending.',
    },
    torn: 'This link is not complete or not valid. Open the link at the end of our mail again, or copy all of it.',
  },
} as const satisfies Record<Language, Record<string, unknown> & { stopped: Record<Stop, string> }>;

/** To be raised whenever the words above change. */
const VERSION = 'preferences-2026-11';

/** Which words a person saw when they chose: the proof of what they agreed to. */
export function wordingOf(language: Language): Wording {
  const hash = createHash('sha256').update(JSON.stringify(WORDS[language])).digest('hex');
  return { version: `${VERSION}-${language}`, hash };
}

/** The page behind the link in our mails. It shows; only its buttons change anything, so a mail scanner changes nothing. */
export function preferencesPage(
  { announcements, digests, channels }: MessagePreferencesView,
  action: string,
  language: Language,
): string {
  const words = WORDS[language];
  const own = { announcements, digests, stopped: null };
  const parts = channels.length > 0 ? channels : [own];
  const isAnythingOn = parts.some((part) => part.announcements || part.digests);
  const all = button(action, { announcements: false, digests: false, channel: 'all' }, words.stopAll, true);
  return page(
    language,
    `<p>${words.intro}</p>
${parts.map((part) => channelPart(part, action, language)).join('\n')}
${isAnythingOn ? `<div style="margin:1.5rem 0">${all}</div>` : ''}
<p style="color:#52606d;font-size:.9rem">${words.stays}</p>`,
  );
}

type Part = Pick<ChannelPreferencesView, 'announcements' | 'digests' | 'stopped'> & Partial<ChannelPreferencesView>;

function channelPart({ channel, address, stopped, ...state }: Part, action: string, language: Language): string {
  const words = WORDS[language];
  const heading = channel
    ? `<h2 style="font-size:1.1rem;margin:0 0 .2rem">${words[channel]}</h2>
<p style="margin:0 0 .6rem;color:#52606d;overflow-wrap:anywhere">${escapeHtml(address ?? '')}</p>`
    : '';
  const rows = (['announcements', 'digests'] as const)
    .map((kind) => choiceRow(kind, state[kind], channel, stopped !== null, action, language))
    .join('\n');
  const why = stopped ? `<p style="margin:.6rem 0 0">${words.stopped[stopped]}</p>` : '';
  return `<section style="margin:1.2rem 0;padding:1rem;border:1px solid #d9dee3;border-radius:8px">${heading}${rows}${why}</section>`;
}

function choiceRow(
  kind: 'announcements' | 'digests',
  isOn: boolean,
  channel: Channel | undefined,
  isStopped: boolean,
  action: string,
  language: Language,
): string {
  const words = WORDS[language];
  const label = isOn ? words.stop : words.start;
  const name = `${label}: ${words[kind]}${channel ? `, ${words[channel]}` : ''}`;
  const choose = button(action, { [kind]: !isOn, ...(channel && { channel }) }, label, isOn, name);
  return `<div style="display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;justify-content:space-between;padding:.6rem 0;border-top:1px solid #eef0f2">
<div><strong>${words[kind]}</strong><br><span style="color:#52606d">${isOn ? words.on : words.off}</span></div>
${isStopped && !isOn ? '' : choose}</div>`;
}

function button(action: string, fields: object, label: string, isQuiet: boolean, name = label): string {
  const inputs = Object.entries(fields).map(([key, value]) => `<input type="hidden" name="${key}" value="${value}">`);
  const colours = isQuiet
    ? 'border:1px solid #9c1c1f;background:#fff;color:#9c1c1f'
    : 'border:1px solid #9c1c1f;background:#9c1c1f;color:#fff';
  return `<form method="post" action="${escapeHtml(action)}" style="margin:0">${inputs.join('')}<button aria-label="${name}" style="min-height:44px;padding:.6rem 1.1rem;border-radius:6px;font-size:1rem;${colours}">${label}</button></form>`;
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
<body style="margin:0 auto;max-width:32rem;padding:1.5rem 1rem;font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;line-height:1.5;color:#1f2933">
<h1 style="font-size:1.4rem;color:#9c1c1f">${title}</h1>
${body}
</body></html>
`;
}
