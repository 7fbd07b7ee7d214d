import type { Language } from '../message/message.schema';
import { namesOf } from './handlebars';
import type { Template } from './template';
import { neededBy, textsOf, variablesOf } from './values';

const LANGUAGES: readonly Language[] = ['id', 'en'];
/** Of Meta, but for the subject: what mailboxes of phones show of it is shorter still. */
const LONGEST = { name: 512, body: 1_024, answer: 4_096, subject: 160, code: 15 };
/** `[TEST] ` before a first parameter. */
const MARK = 7;

type Check = (key: string, template: Template) => string[];

/** What is wrong with templates, as sentences. None are; `npm run check` fails otherwise. */
export function faultsOf(templates: Readonly<Record<string, Template>>): string[] {
  const found = Object.entries(templates).flatMap(([key, template]) => {
    try {
      return CHECKS.flatMap((check) => check(key, template));
    } catch (error) {
      return [`${key}: ${(error as Error).message}`];
    }
  });
  const names = Object.values(templates).map(({ whatsapp }) => whatsapp.name);
  const doubled = names.filter((name, index) => names.indexOf(name) !== index);
  return [...found, ...doubled.map((name) => `${name}: two templates have this WhatsApp name`)];
}

const hasBothLanguages: Check = (key, { mail, whatsapp }) =>
  [mail && { what: 'mail', texts: mail.texts }, whatsapp.wording && { what: 'WhatsApp', texts: whatsapp.wording }]
    .filter((entry) => entry !== null)
    .flatMap(({ what, texts }) =>
      LANGUAGES.filter((language) => !texts[language]).map((language) => `${key}: its ${what} has no ${language}`),
    );

/** Each language says the same things, and each thing that is said stands somewhere. */
const hasAllTexts: Check = (key, { mail }) => {
  if (!mail) return [];
  const wanted = ['subject', 'preview', ...mail.body.flatMap(textsOf)];
  return LANGUAGES.filter((language) => mail.texts[language]).flatMap((language) => {
    const given = mail.texts[language];
    return [
      ...wanted.filter((text) => !given[text]?.trim()).map((text) => `${key}: ${language} has no text "${text}"`),
      ...Object.keys(given)
        .filter((text) => !wanted.includes(text))
        .map((text) => `${key}: nothing shows the text "${text}" of ${language}`),
    ];
  });
};

const namesWhatItDeclares: Check = (key, { variables, mail, whatsapp }) => {
  const texts = mail ? Object.values(mail.texts).flatMap((words) => Object.values(words)) : [];
  const blocks = mail?.body ?? [];
  const used = new Set([
    ...texts.flatMap(namesOf),
    ...blocks.flatMap(variablesOf),
    ...blocks.flatMap(({ when }) => when ?? []),
    ...whatsapp.parameters,
  ]);
  return [
    ...[...used]
      .filter((name) => !variables[name])
      .map((name) => `${key}: it uses "${name}", which it does not declare`),
    ...Object.keys(variables)
      .filter((name) => !used.has(name))
      .map((name) => `${key}: it declares "${name}", which nothing uses`),
  ];
};

/** A place in the middle of a sentence takes words: a list there would run together. */
const fillsPlacesWithWords: Check = (key, { variables, mail, whatsapp }) => {
  const texts = mail ? Object.values(mail.texts).flatMap((words) => Object.values(words)) : [];
  const places = [...new Set([...texts.flatMap(namesOf), ...whatsapp.parameters])].filter(
    (name) => variables[name] && !['text', 'url'].includes(variables[name].kind),
  );
  return places.map((name) => `${key}: "${name}" stands in a sentence and is no word`);
};

/** Texts that are always there name only what is always there; one that depends on something names that besides. */
const dependsOnWhatItSays: Check = (key, template) => {
  const always = neededBy(
    { ...template, mail: template.mail && { ...template.mail, body: template.mail.body.filter(({ when }) => !when) } },
    'email',
  );
  return (template.mail?.body ?? []).flatMap((block) => {
    if (!block.when) return [];
    const named = [
      ...variablesOf(block),
      ...textsOf(block).flatMap((text) =>
        LANGUAGES.flatMap((language) => namesOf(template.mail?.texts[language]?.[text] ?? '')),
      ),
    ];
    const loose = named.filter((name) => name !== block.when && !always.includes(name));
    return [...new Set(loose)].map(
      (name) => `${key}: a part that depends on "${block.when}" names "${name}", which may not be there`,
    );
  });
};

const countsItsParameters: Check = (key, { whatsapp: { wording, parameters, category } }) => {
  if (category === 'AUTHENTICATION')
    return parameters.length === 1 ? [] : [`${key}: a code template has one parameter, the code`];
  return LANGUAGES.filter((language) => wording?.[language]).flatMap((language) => {
    const places = [...(wording?.[language] ?? '').matchAll(/\{\{(.*?)\}\}/g)].map(([, place]) => place);
    const wanted = parameters.map((_, index) => String(index + 1));
    if (places.join() === wanted.join()) return [];
    return [
      `${key}: the ${language} wording for WhatsApp has the places ${places.join(', ') || 'none'}, not ${wanted.join(', ') || 'none'}`,
    ];
  });
};

/** What Meta refuses to register. */
const canBeRegistered: Check = (key, { whatsapp: { name, category, wording } }) => {
  const faults =
    /^[a-z0-9_]+$/.test(name) && name.length <= LONGEST.name
      ? []
      : [`${key}: "${name}" is no name of a WhatsApp template`];
  if (category === 'SERVICE') return faults;
  for (const [language, text] of Object.entries(wording ?? {})) {
    if (/^\{\{|\}\}[.!?]?$/.test(text.trim()))
      faults.push(`${key}: the ${language} wording begins or ends with a parameter`);
    if (/\}\}[\s,.;:]*\{\{/.test(text))
      faults.push(`${key}: two parameters stand side by side in the ${language} wording`);
    if (/\n{3}|\t| {4}/.test(text)) faults.push(`${key}: the ${language} wording has a gap that WhatsApp refuses`);
  }
  return faults;
};

/** With the longest of everything in its places. */
const isShortEnough: Check = (key, { variables, mail, whatsapp }) => {
  const longest = (name: string) => variables[name]?.atMost ?? 0;
  const limit = whatsapp.category === 'SERVICE' ? LONGEST.answer : LONGEST.body;
  const filled = MARK + whatsapp.parameters.reduce((sum, name) => sum + longest(name), 0);
  const bodies = LANGUAGES.map((language) => ({
    language,
    length: (whatsapp.wording?.[language] ?? '').replace(/\{\{.*?\}\}/g, '').length + filled,
  }));
  const subjects = LANGUAGES.map((language) => ({ language, text: mail?.texts[language]?.subject ?? '' }));
  return [
    ...bodies
      .filter(({ length }) => whatsapp.wording && length > limit)
      .map(
        ({ language, length }) =>
          `${key}: the ${language} wording for WhatsApp may have ${length} characters, more than ${limit}`,
      ),
    ...subjects
      .filter(
        ({ text }) =>
          text.replace(/\{\{.*?\}\}/g, '').length + namesOf(text).reduce((sum, name) => sum + longest(name), 0) >
          LONGEST.subject,
      )
      .map(({ language }) => `${key}: the ${language} subject may be longer than ${LONGEST.subject}`),
  ];
};

/** A code stands alone: Meta's words, no address, no media. */
const keepsCodesBare: Check = (key, { variables, whatsapp: { category, wording, parameters } }) => {
  if (category !== 'AUTHENTICATION') return wording ? [] : [`${key}: only a code template goes without a wording`];
  const isCode = (name: string) => variables[name]?.kind === 'text' && variables[name].atMost <= LONGEST.code;
  const hasLink = wording !== null || !parameters.every(isCode);
  return hasLink ? [`${key}: a code template holds a code and nothing else, no link and no media`] : [];
};

const CHECKS: readonly Check[] = [
  hasBothLanguages,
  hasAllTexts,
  namesWhatItDeclares,
  fillsPlacesWithWords,
  dependsOnWhatItSays,
  countsItsParameters,
  canBeRegistered,
  isShortEnough,
  keepsCodesBare,
];
