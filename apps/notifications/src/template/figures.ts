import type { Language } from '../message/message.schema';

const LOCALE: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };

/** A number as a reader of the language writes it: `31.000`. */
export function number(value: number, language: Language, decimals = 0, most = Math.max(decimals, 2)): string {
  return value.toLocaleString(LOCALE[language], { minimumFractionDigits: decimals, maximumFractionDigits: most });
}

/** A share in percent: `62,00 %`. */
export function percent(value: number, language: Language, decimals = 0): string {
  return `${number(value, language, decimals, 2)}${language === 'id' ? ' ' : ''}%`;
}

/** A civil day: `8 Oktober 2020`. */
export function longDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
