import type { Language } from '../message/message.schema';
import type { Template, Variable } from '../template/template';
import { text } from '../template/variable';

const STOPPED = {
  id: 'Anda tidak akan menerima pengumuman maupun pemberitahuan lagi dari IDXCOOP di nomor ini, juga tentang pendaftaran dan batas waktu koperasi Anda. Kode yang Anda minta sendiri tetap dikirim. Balas MULAI bila Anda ingin menerimanya kembali.',
  en: 'You will get no more announcements and no more notices from IDXCOOP on this number, nor those about the application and due dates of your cooperative. Codes that you ask for yourself are still sent. Reply MULAI to get them again.',
};
const STARTED = {
  id: 'Pengumuman dan pemberitahuan dari IDXCOOP untuk nomor ini aktif, sejauh Anda menyetujuinya. Balas BERHENTI bila Anda tidak ingin menerimanya lagi.',
  en: 'Announcements and notices from IDXCOOP for this number are on, as far as you agreed to them. Reply BERHENTI to stop them.',
};
const STATUS = {
  id: 'Tautan status pendaftaran koperasi Anda (jangan diteruskan): {{1}}',
  en: 'The status page of your cooperative (do not pass the link on): {{1}}',
};
const HELP = {
  id: 'Ini layanan otomatis IDXCOOP, pesan Anda tidak dibaca petugas. Balas STATUS untuk tautan status koperasi Anda, BERHENTI untuk berhenti menerima pemberitahuan, MULAI untuk menerimanya kembali. Pertanyaan lain: hubungi dinas koperasi di daerah Anda.',
  en: 'This is the automatic service of IDXCOOP; nobody reads what you write here. Reply STATUS for the status page of your cooperative, BERHENTI to stop notices, MULAI to get them again. Other questions: ask the cooperatives office of your region.',
};
const AND_MORE = {
  id: (count: number) => `dan ${count} koperasi lain; tautannya dapat diminta di laman IDXCOOP`,
  en: (count: number) => `and ${count} more; ask for their links on the IDXCOOP site`,
};

/** Free words to who wrote to us within the last 24 hours: nothing of it is registered with Meta. */
function answer(name: string, wording: Record<Language, string>, variables: Record<string, Variable> = {}): Template {
  const parameters = Object.keys(variables);
  return { variables, mail: null, whatsapp: { name: `idxcoop_${name}`, category: 'SERVICE', wording, parameters } };
}

export const stopped = answer('stopped', STOPPED);
export const started = answer('started', STARTED);
export const help = answer('help', HELP);

/** The status pages of all cooperatives that a number speaks for, as far as they fit, one a line. */
export const statusReply = answer('status_reply', STATUS, {
  pages: text(({ pages = [], morePages = 0 }, language) => {
    const lines = pages.map(({ title, url }) => (pages.length > 1 ? `${title}: ${url}` : url));
    return [...lines, ...(lines.length > 0 && morePages > 0 ? [AND_MORE[language](morePages)] : [])].join('\n');
  }, 1_500),
});
