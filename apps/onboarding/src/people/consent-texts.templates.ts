import type { Language } from './person.schema';

/** What people agree to, in the words that they see. */
export interface ConsentWording {
  version: string;
  language: Language;
  /** The day since when it is shown. */
  since: string;
  wording: string;
}

const OCTOBER_2020 = { version: '2020-10', since: '2020-10-01' };

/** A change is a new version below: entries of the ledger point to these words. */
export const CONSENT_TEXTS: readonly ConsentWording[] = [
  {
    ...OCTOBER_2020,
    language: 'id',
    wording: [
      'Saya setuju IDXCOOP memproses nama, jabatan, surel, dan nomor ponsel saya.',
      'Layanan (service): untuk pendaftaran koperasi saya, pemeriksaannya, dan pesan tentangnya melalui saluran yang saya pilih.',
      'Pengumuman (announcements), terpisah dan boleh tidak disetujui: untuk kabar tentang bahan belajar dan kegiatan melalui saluran yang saya pilih.',
      'Saya dapat menarik setiap persetujuan kapan saja, serta meminta salinan, perbaikan, pembatasan, atau penghapusan data saya.',
    ].join('\n'),
  },
  {
    ...OCTOBER_2020,
    language: 'en',
    wording: [
      'I agree that IDXCOOP processes my name, position, e-mail address and mobile number.',
      'Service: for the registration of my cooperative, its review, and messages about it over the channels that I choose.',
      'Announcements, separate and free to refuse: for news of learning material and events over the channels that I choose.',
      'I may withdraw each consent at any time, and ask for a copy, correction, restriction or erasure of my data.',
    ].join('\n'),
  },
];
