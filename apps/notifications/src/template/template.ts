import type { CauseDetails, Language } from '../message/message.schema';

/** Why an application was rejected: what of it, in which way, and what the officer adds. */
export interface Reason {
  requirement?: string;
  code: string;
  note?: string | null;
}

/** A library item as a message names it. */
export interface SuggestedItem {
  title: string;
  url: string;
}

/** What a wording may use; asked for at the moment of delivery. Texts of people are cleaned by `plain` before they get here. */
export interface Variables {
  name: string;
  cooperativeName: string;
  code?: string;
  link?: string;
  statusUrl?: string;
  preferencesUrl?: string;
  reasons: Reason[];
  /** A message that somebody sends to see it: it says so. */
  isTest?: boolean;
  /** Library items that are public at the moment of delivery. */
  items?: SuggestedItem[];
  /** Cooperatives of who asks for them, with their status pages, and how many more there are. */
  pages?: { title: string; url: string }[];
  morePages?: number;
  details: CauseDetails;
}

/** What a place in a text is filled with; `rows` are pairs of a label and its figure. */
export type Value = string | readonly string[] | readonly SuggestedItem[] | readonly Row[];
export type Row = readonly [label: string, figure: string];
export type Values = Readonly<Record<string, Value | undefined>>;

/** A name that the texts of a template may use. Undefined where it is not there. */
export interface Variable {
  kind: 'text' | 'url' | 'list' | 'links' | 'rows';
  /** Characters of a text, each text of a list, or an address. A longer text is cut; a longer address is not there. */
  atMost: number;
  of: (known: Variables, language: Language) => Value | undefined;
}

/**
 * A part of a mail. Texts and labels are named by their key and written in Handlebars; what else stands there is named by its
 * variable. With `when` it is left out where that variable is not there.
 */
export type Block = { when?: string } & (
  | { kind: 'paragraph' | 'heading' | 'small'; text: string }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'code' | 'list' | 'links' | 'rows'; of: string }
);

/** A mail as its parts, from which text and HTML are made alike. Its texts hold `subject` and `preview` besides those of the body. */
export interface Mail {
  texts: Record<Language, Readonly<Record<string, string>>>;
  body: readonly Block[];
}

/**
 * A WhatsApp template as it is registered with Meta. The wording is Meta's copy of ours, `{{1}}` for each parameter; an
 * authentication template has Meta's own fixed wording and a button that copies the code. `SERVICE` is an answer to who wrote to us
 * within the last 24 hours: free words, nothing is registered.
 */
export interface WhatsAppTemplate {
  name: string;
  category: 'AUTHENTICATION' | 'UTILITY' | 'MARKETING' | 'SERVICE';
  wording: Record<Language, string> | null;
  /** Names of variables, in their order. */
  parameters: readonly string[];
}

export interface Template {
  variables: Readonly<Record<string, Variable>>;
  /** Null where it never goes by mail. */
  mail: Mail | null;
  whatsapp: WhatsAppTemplate;
}
