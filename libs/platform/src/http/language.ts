import type { Text } from './problem';

export type Language = 'id' | 'en';

/** The language of an answer by `Accept-Language`: Bahasa Indonesia unless English is preferred; also for `*`. */
export function languageOf(header: string | string[] | undefined): Language {
  const ranges = String(header ?? '')
    .split(',')
    .map((part, position) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], quality: weight ? Number(weight) : 1, position };
    })
    .filter(
      ({ language, quality }) =>
        quality > 0 && (language === 'en' || language === 'id' || language === 'in' || language === '*'),
    );
  ranges.sort((a, b) => b.quality - a.quality || a.position - b.position);
  return ranges[0]?.language === 'en' ? 'en' : 'id';
}

/** A text in one language; a plain string is the same in both. */
export function say(text: string | Text, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}
