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
  /** Library items that are public at the moment of delivery. */
  items?: SuggestedItem[];
  /** Cooperatives of who asks for them, with their status pages, and how many more there are. */
  pages?: { title: string; url: string }[];
  morePages?: number;
  details: CauseDetails;
}

export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'code'; code: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'small'; text: string };

/** A mail as its parts, from which text and HTML are made alike. */
export interface Mail {
  subject: string;
  /** What a mailbox shows beside the subject. */
  preview: string;
  blocks: Block[];
}

/**
 * A WhatsApp template as it is registered with Meta. The wording is Meta's copy of ours, `{{1}}` for each parameter; an
 * authentication template has Meta's own fixed wording and a button that copies the code. `SERVICE` is an answer to who wrote to us
 * within the last 24 hours: free words, nothing is registered.
 */
export interface WhatsAppTemplate {
  name: string;
  category: 'AUTHENTICATION' | 'UTILITY' | 'SERVICE';
  wording: Record<Language, string> | null;
  parameters: (variables: Variables, language: Language) => string[];
}

export interface Template {
  /** What must be there before it can be written, by channel. */
  needs: { email: (keyof Variables)[]; whatsapp: (keyof Variables)[] };
  email: (variables: Variables, language: Language) => Mail;
  whatsapp: WhatsAppTemplate;
}
