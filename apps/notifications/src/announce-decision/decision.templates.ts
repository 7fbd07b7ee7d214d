import type { Language } from '../message/message.schema';
import { plain } from '../template/plain';
import type { Block, Reason, Template, Variables } from '../template/template';

/** What an officer may object to; another requirement is left to the note. */
const REQUIREMENTS: Record<Language, Record<string, string>> = {
  id: {
    legalEntityNumber: 'Nomor badan hukum',
    nikKoperasi: 'Nomor Induk Koperasi',
    website: 'Situs web',
    verifiedContact: 'Kontak',
    application: 'Pendaftaran',
    board: 'Pengurus',
    evidence: 'Bukti pendukung',
  },
  en: {
    legalEntityNumber: 'Legal entity number',
    nikKoperasi: 'Cooperative number',
    website: 'Website',
    verifiedContact: 'Contact',
    application: 'Application',
    board: 'Board',
    evidence: 'Evidence',
  },
};

/** In which way; another code is said in general. */
const REASONS: Record<Language, Record<string, string>> = {
  id: {
    missing: 'belum ada',
    incomplete: 'belum lengkap',
    unreadable: 'tidak terbaca',
    expired: 'sudah tidak berlaku',
    not_found: 'tidak ditemukan',
    mismatch: 'tidak sama dengan data resmi',
    not_eligible: 'belum memenuhi syarat',
    other: 'perlu diperbaiki',
  },
  en: {
    missing: 'is missing',
    incomplete: 'is not complete',
    unreadable: 'cannot be read',
    expired: 'is no longer valid',
    not_found: 'was not found',
    mismatch: 'differs from the official record',
    not_eligible: 'does not meet the conditions yet',
    other: 'needs to be mended',
  },
};

const WORDS = {
  id: {
    hello: (name: string) => `Halo ${name},`,
    approved: (cooperative: string) => `${cooperative} sudah terverifikasi di IDXCOOP`,
    approvedText: 'Kabar baik: pendaftaran koperasi Anda sudah diperiksa dan disetujui.',
    approvedNext: 'Di pustaka IDXCOOP Anda dapat mencari materi dan pengalaman koperasi lain.',
    rejected: (cooperative: string) => `Pendaftaran ${cooperative} perlu diperbaiki`,
    rejectedText: 'Pendaftaran koperasi Anda sudah diperiksa, tetapi belum dapat disetujui karena:',
    rejectedNext: 'Perbaiki hal di atas di halaman status, lalu ajukan lagi.',
    button: 'Buka halaman status',
  },
  en: {
    hello: (name: string) => `Hello ${name},`,
    approved: (cooperative: string) => `${cooperative} is verified at IDXCOOP`,
    approvedText: 'Good news: your cooperative’s application was reviewed and approved.',
    approvedNext: 'In the IDXCOOP library you can search for material and the experience of other cooperatives.',
    rejected: (cooperative: string) => `The application of ${cooperative} needs mending`,
    rejectedText: 'Your cooperative’s application was reviewed and cannot be approved yet, because:',
    rejectedNext: 'Mend this on the status page, then submit again.',
    button: 'Open the status page',
  },
} as const;

/** The reasons as a person reads them; a rejection never comes without one. */
function reasonsOf({ reasons, details }: Variables, language: Language): string[] {
  const given: Reason[] = reasons.length > 0 ? reasons : (details.reasonCodes ?? []).map((code) => ({ code }));
  const said = given.map(({ requirement = '', code, note }) => {
    const what = REQUIREMENTS[language][requirement] ?? REQUIREMENTS[language].application;
    const words = `${what} ${REASONS[language][code] ?? REASONS[language].other}`;
    return note ? `${words}: ${plain(note, 300)}` : words;
  });
  return said.length > 0 ? [...new Set(said)] : [`${REQUIREMENTS[language].application} ${REASONS[language].other}`];
}

const toStatus = (label: string, url?: string): Block[] => (url ? [{ kind: 'button', label, url }] : []);

/** An officer approved the application. */
export const approval: Template = {
  needs: { email: [], whatsapp: [] },
  email({ name, cooperativeName, statusUrl }, language) {
    const words = WORDS[language];
    return {
      subject: words.approved(cooperativeName),
      preview: words.approvedText,
      blocks: [
        { kind: 'paragraph', text: words.hello(name) },
        { kind: 'paragraph', text: words.approvedText },
        { kind: 'paragraph', text: words.approvedNext },
        ...toStatus(words.button, statusUrl),
      ],
    };
  },
  whatsapp: {
    name: 'idxcoop_approval',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, pendaftaran {{2}} di IDXCOOP sudah diperiksa dan disetujui. Terima kasih.',
      en: 'Hello {{1}}, the application of {{2}} at IDXCOOP was reviewed and approved. Thank you.',
    },
    parameters: ({ name, cooperativeName }) => [name, cooperativeName],
  },
};

/** An officer rejected it: what to mend, and where. */
export const rejection: Template = {
  needs: { email: [], whatsapp: [] },
  email(variables, language) {
    const words = WORDS[language];
    return {
      subject: words.rejected(variables.cooperativeName),
      preview: words.rejectedText,
      blocks: [
        { kind: 'paragraph', text: words.hello(variables.name) },
        { kind: 'paragraph', text: words.rejectedText },
        { kind: 'list', items: reasonsOf(variables, language) },
        { kind: 'paragraph', text: words.rejectedNext },
        ...toStatus(words.button, variables.statusUrl),
      ],
    };
  },
  whatsapp: {
    name: 'idxcoop_rejection',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, pendaftaran {{2}} di IDXCOOP belum dapat disetujui: {{3}}. Perbaiki di halaman status Anda, lalu ajukan lagi.',
      en: 'Hello {{1}}, the application of {{2}} at IDXCOOP cannot be approved yet: {{3}}. Mend it on your status page, then submit again.',
    },
    parameters: (variables, language) => [
      variables.name,
      variables.cooperativeName,
      plain(reasonsOf(variables, language).join('; '), 500),
    ],
  },
};
