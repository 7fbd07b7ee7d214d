import type { CauseDetails, Language } from '../message/message.schema';
import type { Template } from '../template/template';

const LOCALE: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };

const WORDS = {
  id: {
    subject: (percent: string, key: string) => `${percent} dari sasaran ${key} tercapai`,
    preview: 'Tonggak sasaran baru tercapai.',
    hello: (name: string) => `Yth. ${name},`,
    reached: (percent: string, key: string, day: string, actual: string) =>
      `Sasaran dengan kode ${key} mencapai ${percent} pada ${day}. Nilai tercatat: ${actual}.`,
    more: 'Angka lengkap beserta definisi dan sumbernya ada di laporan kemajuan sasaran ini.',
  },
  en: {
    subject: (percent: string, key: string) => `${percent} of target ${key} reached`,
    preview: 'A new milestone of the target was reached.',
    hello: (name: string) => `Dear ${name},`,
    reached: (percent: string, key: string, day: string, actual: string) =>
      `The target with the code ${key} reached ${percent} on ${day}. Recorded value: ${actual}.`,
    more: 'The full figure with its definition and source is in the progress report of this target.',
  },
} as const;

/** The figures of a milestone as a reader of this language writes them. */
function figures({ targetKey = '', percent = 0, reachedOn = '', actual = 0 }: CauseDetails, language: Language) {
  const number = new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 2 });
  const day = new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'long', timeZone: 'UTC' });
  return {
    key: targetKey,
    percent: language === 'id' ? `${number.format(percent)} %` : `${number.format(percent)}%`,
    day: reachedOn ? day.format(new Date(`${reachedOn}T00:00:00Z`)) : '',
    actual: number.format(actual),
  };
}

/** Programme leads are told that a share of a target was reached. */
export const milestone: Template = {
  needs: { email: [], whatsapp: [] },
  email({ name, details }, language) {
    const words = WORDS[language];
    const { key, percent, day, actual } = figures(details, language);
    return {
      subject: words.subject(percent, key),
      preview: words.preview,
      blocks: [
        { kind: 'paragraph', text: words.hello(name) },
        { kind: 'paragraph', text: words.reached(percent, key, day, actual) },
        { kind: 'paragraph', text: words.more },
      ],
    };
  },
  whatsapp: {
    name: 'idxcoop_milestone',
    category: 'UTILITY',
    wording: {
      id: 'Yth. {{1}}, sasaran dengan kode {{2}} mencapai {{3}} pada {{4}}. Nilai tercatat: {{5}}.',
      en: 'Dear {{1}}, the target with the code {{2}} reached {{3}} on {{4}}. Recorded value: {{5}}.',
    },
    parameters({ name, details }, language) {
      const { key, percent, day, actual } = figures(details, language);
      return [name, key, percent, day, actual];
    },
  },
};
