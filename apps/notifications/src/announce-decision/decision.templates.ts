import type { ReasonCode } from '@idxcoop/contracts';
import type { Language } from '../message/message.schema';
import { plain } from '../template/plain';
import type { Reason, Template, Variables } from '../template/template';
import { cooperativeName, list, name, statusUrl, text } from '../template/variable';

/** What an officer may object to; another requirement is left to the note. */
const REQUIREMENTS: Record<Language, Record<string, string>> = {
  id: {
    legalEntityNumber: 'Nomor badan hukum',
    nikKoperasi: 'Nomor Induk Koperasi',
    website: 'Situs web',
    verifiedContact: 'Kontak',
    application: 'Pendaftaran',
    board: 'Pengurus',
    completeBoard: 'Daftar pengurus',
    membershipCounts: 'Jumlah anggota',
    annualMeeting: 'Laporan Rapat Anggota Tahunan',
    selfAssessment: 'Penilaian mandiri',
    evidence: 'Bukti pendukung',
  },
  en: {
    legalEntityNumber: 'Legal entity number',
    nikKoperasi: 'Cooperative number',
    website: 'Website',
    verifiedContact: 'Contact',
    application: 'Application',
    board: 'Board',
    completeBoard: 'List of the board',
    membershipCounts: 'Number of members',
    annualMeeting: 'Report of the annual meeting',
    selfAssessment: 'Self-assessment',
    evidence: 'Evidence',
  },
};

/** In which way; another code is said in general. */
const REASONS: Record<Language, Record<ReasonCode, string>> = {
  id: {
    missing: 'belum ada',
    incomplete: 'belum lengkap',
    unreadable: 'tidak terbaca',
    expired: 'sudah tidak berlaku',
    not_found: 'tidak ditemukan',
    mismatch: 'tidak sama dengan data resmi',
    not_eligible: 'belum memenuhi syarat',
    suspected_false: 'perlu dibuktikan keabsahannya',
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
    suspected_false: 'has to be proved authentic',
    other: 'needs to be mended',
  },
};

/** The reasons as a person reads them; a rejection or a question never comes without one. */
export function reasonsOf({ reasons, details }: Variables, language: Language): string[] {
  const given: Reason[] = reasons.length > 0 ? reasons : (details.reasonCodes ?? []).map((code) => ({ code }));
  const said = given.map(({ requirement = '', code, note }) => {
    const what = REQUIREMENTS[language][requirement] ?? REQUIREMENTS[language].application;
    const words = `${what} ${REASONS[language][code as ReasonCode] ?? REASONS[language].other}`;
    return note ? `${words}: ${plain(note, 300)}` : words;
  });
  return said.length > 0 ? [...new Set(said)] : [`${REQUIREMENTS[language].application} ${REASONS[language].other}`];
}

/** An officer approved the application. */
export const approval: Template = {
  variables: { name, cooperativeName, statusUrl },
  mail: {
    texts: {
      id: {
        subject: '{{cooperativeName}} sudah terverifikasi di IDXCOOP',
        preview: 'Kabar baik: pendaftaran koperasi Anda sudah diperiksa dan disetujui.',
        hello: 'Halo {{name}},',
        approved: 'Kabar baik: pendaftaran koperasi Anda sudah diperiksa dan disetujui.',
        next: 'Di pustaka IDXCOOP Anda dapat mencari materi dan pengalaman koperasi lain.',
        button: 'Buka halaman status',
      },
      en: {
        subject: '{{cooperativeName}} is verified at IDXCOOP',
        preview: 'Good news: your cooperative’s application was reviewed and approved.',
        hello: 'Hello {{name}},',
        approved: 'Good news: your cooperative’s application was reviewed and approved.',
        next: 'In the IDXCOOP library you can search for material and the experience of other cooperatives.',
        button: 'Open the status page',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'approved' },
      { kind: 'paragraph', text: 'next' },
      { kind: 'button', label: 'button', url: 'statusUrl', when: 'statusUrl' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_approval',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, pendaftaran {{2}} di IDXCOOP sudah diperiksa dan disetujui. Terima kasih.',
      en: 'Hello {{1}}, the application of {{2}} at IDXCOOP was reviewed and approved. Thank you.',
    },
    parameters: ['name', 'cooperativeName'],
  },
};

/** An officer rejected it: what to mend, and where. */
export const rejection: Template = {
  variables: {
    name,
    cooperativeName,
    statusUrl,
    reasons: list(reasonsOf),
    allReasons: text((known, language) => plain(reasonsOf(known, language).join('; '), 500), 500),
  },
  mail: {
    texts: {
      id: {
        subject: 'Pendaftaran {{cooperativeName}} perlu diperbaiki',
        preview: 'Pendaftaran koperasi Anda sudah diperiksa, tetapi belum dapat disetujui.',
        hello: 'Halo {{name}},',
        rejected: 'Pendaftaran koperasi Anda sudah diperiksa, tetapi belum dapat disetujui karena:',
        next: 'Perbaiki hal di atas di halaman status, lalu ajukan lagi.',
        button: 'Buka halaman status',
      },
      en: {
        subject: 'The application of {{cooperativeName}} needs mending',
        preview: 'Your cooperative’s application was reviewed and cannot be approved yet.',
        hello: 'Hello {{name}},',
        rejected: 'Your cooperative’s application was reviewed and cannot be approved yet, because:',
        next: 'Mend this on the status page, then submit again.',
        button: 'Open the status page',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'rejected' },
      { kind: 'list', of: 'reasons' },
      { kind: 'paragraph', text: 'next' },
      { kind: 'button', label: 'button', url: 'statusUrl', when: 'statusUrl' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_rejection',
    category: 'UTILITY',
    wording: {
      id: 'Halo {{1}}, pendaftaran {{2}} di IDXCOOP belum dapat disetujui: {{3}}. Perbaiki di halaman status Anda, lalu ajukan lagi.',
      en: 'Hello {{1}}, the application of {{2}} at IDXCOOP cannot be approved yet: {{3}}. Mend it on your status page, then submit again.',
    },
    parameters: ['name', 'cooperativeName', 'allReasons'],
  },
};
