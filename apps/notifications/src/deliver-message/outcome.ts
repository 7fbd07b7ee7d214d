import type { DescribedError } from '@idxcoop/platform';
import type { Language, Message } from '../message/message.schema';
import type { Reader } from '../silence/silence';
import type { Template, Variables } from '../template/template';
import type { ErrorRule } from '../provider/error-rule';

/** A message with everything that its channel needs to write it. */
export interface Letter {
  message: Message;
  template: Template;
  address: string;
  language: Language;
  variables: Variables;
  /** For announcements. */
  unsubscribeUrl?: string;
}

/** A letter as it was written, with what decides whether it may leave now. */
export interface WrittenLetter extends Letter {
  reader: Reader;
  /** By the machine's clock. */
  writtenAt: number;
}

/** A letter that nobody wants any more, and why; thrown before its first byte. nodemailer writes a `code` of its own on errors. */
export class NotWanted extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** That a message waits, for how long, and why. */
export interface Pause {
  afterMs: number;
  code: string;
}

/** A letter that has to wait although it was written; thrown before its first byte. */
export class NotNow extends Error {
  constructor(readonly pause: Pause) {
    super(pause.code);
  }
}

/** What is known after an attempt. `unsent`: surely nothing arrived. `unknown`: the bytes left, and no answer came. */
export type Outcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'refused'; code: string; rule: ErrorRule }
  /** Nothing was tried. */
  | { kind: 'held'; code: string; afterMs: number }
  | { kind: 'unsent'; code: string; error?: DescribedError }
  | { kind: 'unknown'; code: string; error?: DescribedError };

/** A way to a person. `beforeBytes` is awaited just before the first byte of the message leaves; where it throws, none does. */
export interface Channel {
  send(letter: Letter, beforeBytes: () => Promise<void>): Promise<Outcome>;
}
