import type { Channel } from '@idxcoop/contracts';
import type { Language } from '../message/message.schema';
import { namesOf } from './handlebars';
import type { Block, Row, SuggestedItem, Template, Value, Values, Variable, Variables } from './template';

/** What fills the places of a template. */
export function valuesOf({ variables }: Template, known: Variables, language: Language): Values {
  const entries = Object.entries(variables).map(([name, variable]) => {
    const value = variable.of(known, language);
    return [name, value === undefined ? undefined : fit(value, variable)] as const;
  });
  return Object.fromEntries(entries);
}

/** Names of what must be there and is not; a template without a mail lacks it. */
export function missing(template: Template, channel: Channel, values: Values): string[] {
  if (channel === 'email' && !template.mail) return ['mail'];
  return neededBy(template, channel).filter((name) => values[name] === undefined);
}

/** Names without which nothing can be written. */
export function neededBy({ mail, whatsapp }: Template, channel: Channel): string[] {
  if (channel === 'whatsapp') return [...whatsapp.parameters];
  if (!mail) return [];
  const always = mail.body.filter(({ when }) => !when);
  const texts = Object.values(mail.texts).flatMap((words) => [
    ...namesOf(words.subject ?? ''),
    ...namesOf(words.preview ?? ''),
    ...always.flatMap((block) => textsOf(block).flatMap((key) => namesOf(words[key] ?? ''))),
  ]);
  return [...new Set([...texts, ...always.flatMap(variablesOf)])];
}

/** Keys of the texts that a block shows. */
export function textsOf(block: Block): string[] {
  if ('text' in block) return [block.text];
  return block.kind === 'button' ? [block.label] : [];
}

/** Names of the variables that a block shows as they are. */
export function variablesOf(block: Block): string[] {
  if ('of' in block) return [block.of];
  return block.kind === 'button' ? [block.url] : [];
}

/** A value within its bounds; what is empty is not there. */
export function fit(value: Value, { kind, atMost }: Variable): Value | undefined {
  if (kind === 'url') return typeof value === 'string' && isLink(value, atMost) ? value : undefined;
  if (typeof value === 'string') return value === '' ? undefined : cut(value, atMost);
  const whole = value.flatMap((item): (string | SuggestedItem | Row)[] => {
    if (typeof item === 'string') return [cut(item, atMost)];
    if ('url' in item) return isLink(item.url, atMost) ? [{ title: cut(item.title, 200), url: item.url }] : [];
    return [[item[0], cut(item[1], atMost)]];
  });
  return whole.length > 0 ? (whole as unknown as Value) : undefined;
}

function isLink(address: string, atMost: number): boolean {
  return address.length <= atMost && /^https?:\/\//.test(address);
}

function cut(words: string, atMost: number): string {
  return words.length > atMost ? `${words.slice(0, atMost - 1).trimEnd()}…` : words;
}
