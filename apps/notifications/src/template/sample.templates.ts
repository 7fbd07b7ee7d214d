import type { Language } from '../message/message.schema';
import type { Variables } from './template';

const WORDS = {
  id: {
    items: ['Menyusun laporan RAT yang mudah dibaca anggota', 'Situs web koperasi dalam satu hari'],
    headline: 'Pelatihan pembukuan digital',
    text: 'Ikuti pelatihan daring pembukuan digital pada hari Sabtu pukul 09.00 WIB. Pendaftaran dibuka sampai hari Jumat di laman IDXCOOP.',
    note: 'Halaman kedua terpotong',
  },
  en: {
    items: ['How to write an annual report that members read', 'A website for your cooperative within a day'],
    headline: 'Training in digital bookkeeping',
    text: 'Join the online training in digital bookkeeping on Saturday at 09:00 WIB. You can sign up on the IDXCOOP site until Friday.',
    note: 'The second page is cut off',
  },
} as const;

/** What previews and tests are filled with: nobody’s name, no real code, links that lead to our own site. */
export function sampleOf(language: Language, publicUrl: string): Variables {
  const link = (path: string) => new URL(path, publicUrl).toString();
  const words = WORDS[language];
  const statusUrl = link('/status?token=contoh');
  return {
    name: 'Siti Rahma',
    cooperativeName: 'Koperasi Maju Bersama',
    code: '000000',
    link: link('/v1/verifications/contoh/confirm?token=contoh'),
    statusUrl,
    preferencesUrl: link('/v1/preferences/contoh'),
    reasons: [
      { requirement: 'legalEntityNumber', code: 'unreadable', note: words.note },
      { requirement: 'board', code: 'incomplete', note: null },
    ],
    items: words.items.map((title, index) => ({ title, url: link(`/v1/library/items/contoh-${index + 1}`) })),
    pages: [{ title: 'Koperasi Maju Bersama', url: statusUrl }],
    morePages: 0,
    details: {
      targetKey: 'idxcoop-2020',
      percent: 50,
      reachedOn: '2020-10-08',
      actual: 1310,
      requirement: 'annual_meeting',
      dueOn: '2021-06-30',
      missedOn: '2021-06-25',
      daysLeft: 3,
      count: 3,
      regions: [
        { name: 'Kota Medan', count: 2 },
        { name: 'Kabupaten Deli Serdang', count: 1 },
      ],
      period: 'weekly',
      asOf: '2020-10-08',
      figures: { actual: 31_000, target: 50_000, gained: 1_250, requiredPerWeek: 480, daysLeft: 40, status: 'at_risk' },
      headline: { [language]: words.headline },
      text: { [language]: words.text },
    },
  };
}
