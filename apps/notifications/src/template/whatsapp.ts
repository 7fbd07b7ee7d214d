import type { Language } from '../message/message.schema';
import { TEST } from './layout.templates';
import type { Template, Values, Variables, WhatsAppTemplate } from './template';
import { valuesOf } from './values';

export interface WrittenWhatsApp {
  /** Null where it is free words and no template. */
  name: string | null;
  language: Language;
  category: WhatsAppTemplate['category'];
  parameters: string[];
  /** As the person reads it; null where Meta's own fixed wording stands. */
  body: string | null;
}

/** A WhatsApp message: the template with what fills its places, or free words to who just wrote. */
export function writeWhatsApp(
  { variables, whatsapp, mail }: Template,
  known: Variables,
  language: Language,
  values: Values = valuesOf({ variables, whatsapp, mail }, known, language),
): WrittenWhatsApp {
  const { name, category, wording, parameters } = whatsapp;
  const isFree = category === 'SERVICE';
  const texts = parameters.map((parameter, index) => {
    const text = oneText(values[parameter]);
    // The wording of a template is Meta's: all that can say so is what stands in its first place.
    const marked =
      known.isTest && index === 0 && category !== 'AUTHENTICATION' ? `${TEST[language].mark} ${text}` : text;
    return isFree ? marked : marked.replace(/\s+/g, ' ').trim();
  });
  return {
    name: isFree ? null : name,
    ...{ language, category, parameters: texts },
    body: wording && wording[language].replace(/\{\{(\d+)\}\}/g, (_, place) => texts[Number(place) - 1] ?? ''),
  };
}

function oneText(value: Values[string]): string {
  return typeof value === 'string' ? value : (value ?? []).join('; ');
}
