import { type ErrorRule, HOUR, MINUTE } from './error-rule';

const RETRY: ErrorRule = { action: 'retry' };
const DOWN: ErrorRule = { action: 'retry', isDown: true };
const GREYLISTED: ErrorRule = { action: 'retry', waitSeconds: MINUTE };
const LATER: ErrorRule = { action: 'hold', waitSeconds: HOUR };
const NEXT: ErrorRule = { action: 'next_channel' };
const SUPPRESS: ErrorRule = { action: 'suppress', scope: 'all' };
/** Policy: ours to mend, and no fault of the address. */
const POLICY: ErrorRule = { action: 'next_channel', alert: true };
const REQUEST: ErrorRule = { action: 'stop_template', waitSeconds: 10 * MINUTE, ends: true };
const LINE: ErrorRule = { action: 'stop_line', waitSeconds: 10 * MINUTE };
const SERVER: ErrorRule = { action: 'stop_line', waitSeconds: 10 * MINUTE, isDown: true };

/**
 * Enhanced statuses (RFC 3463 and the registry of RFC 5248): `5.1.1` before its subject `5.1`. They are asked before the reply code,
 * which says less.
 */
export const SMTP_STATUSES: Readonly<Record<string, ErrorRule>> = {
  '4.0': RETRY,
  '4.1': RETRY,
  '4.2': RETRY,
  '4.2.1': GREYLISTED,
  '4.2.2': LATER,
  '4.3': RETRY,
  '4.3.1': LATER,
  '4.3.2': DOWN,
  '4.3.5': DOWN,
  '4.4': RETRY,
  '4.5': RETRY,
  '4.6': RETRY,
  '4.7': GREYLISTED,
  '4.7.12': LINE,
  '5.0': NEXT,
  // Of the address (5.1) nothing can ever be sent to; but two of them are about the sender, which is us.
  '5.1': SUPPRESS,
  '5.1.4': NEXT,
  '5.1.5': NEXT,
  '5.1.7': LINE,
  '5.1.8': LINE,
  '5.1.9': NEXT,
  '5.2': NEXT,
  '5.2.1': SUPPRESS,
  '5.2.2': NEXT,
  '5.2.3': REQUEST,
  '5.3': NEXT,
  '5.3.4': REQUEST,
  '5.4': NEXT,
  // No route: a fault of the DNS, which somebody mends; it says nothing of the mailbox.
  '5.4.4': NEXT,
  '5.5': NEXT,
  '5.6': REQUEST,
  '5.7': POLICY,
  '5.7.3': LINE,
  '5.7.8': LINE,
  '5.7.9': LINE,
  '5.7.11': LINE,
  '5.7.13': LINE,
  '5.7.14': LINE,
};

/** Replies by code (RFC 5321 and what is used beside it); by class where a code stands for nothing else. */
export const SMTP_REPLIES: Readonly<Record<number, ErrorRule>> = {
  421: DOWN,
  432: LINE,
  450: GREYLISTED,
  451: RETRY,
  452: LATER,
  454: RETRY,
  455: RETRY,
  500: LINE,
  501: NEXT,
  502: LINE,
  503: LINE,
  504: LINE,
  510: SUPPRESS,
  511: SUPPRESS,
  512: SUPPRESS,
  521: NEXT,
  525: LINE,
  530: LINE,
  534: LINE,
  535: LINE,
  538: LINE,
  541: POLICY,
  550: NEXT,
  551: NEXT,
  552: NEXT,
  553: NEXT,
  554: NEXT,
  555: LINE,
  556: SUPPRESS,
};

export const SMTP_CLASSES: Readonly<Record<number, ErrorRule>> = { 4: RETRY, 5: NEXT };

/** Where in the dialogue a server refused: what it says before it knows for whom is about us or about itself. */
export type Stage = 'connection' | 'sender' | 'recipient' | 'message';

/** By stage and class: a server that does not let us in, or does not take our sender, takes nobody's mail. */
export const SMTP_STAGES: Readonly<Record<'connection' | 'sender', Readonly<Record<number, ErrorRule>>>> = {
  connection: { 4: DOWN, 5: SERVER },
  sender: { 4: RETRY, 5: LINE },
};

/** At the stage of the sender its size is told as well, which is the message's fault. */
const OF_SIZE = ['5.2.3', '5.3.4'];

/** What nodemailer calls a failure that no reply of the server explains, and that is no broken line. */
export const SMTP_FAULTS: Readonly<Record<string, ErrorRule>> = {
  eauth: SERVER,
  enoauth: SERVER,
  eoauth2: SERVER,
  econfig: SERVER,
  eenvelope: NEXT,
  emessage: REQUEST,
};

/** The rule of a reply: by enhanced status, its subject, its code, its class. */
export function smtpRule(responseCode: number, response = '', stage: Stage = 'recipient'): ErrorRule {
  const enhanced = enhancedOf(response);
  const replyClass = Math.floor(responseCode / 100);
  if (stage === 'connection' || stage === 'sender') {
    const isAboutSize = OF_SIZE.includes(enhanced ?? '') || responseCode === 552;
    if (isAboutSize) return REQUEST;
    const known = bySpecificStatus(enhanced) ?? SMTP_REPLIES[responseCode];
    const staged = SMTP_STAGES[stage][replyClass];
    // A temporary reply may say how long it takes; a permanent one stops the line, whatever it says.
    return (replyClass === 4 && stage === 'sender' && known) || (staged ?? LINE);
  }
  return (
    bySpecificStatus(enhanced) ??
    SMTP_STATUSES[subjectOf(enhanced)] ??
    SMTP_REPLIES[responseCode] ??
    SMTP_CLASSES[replyClass] ??
    NEXT
  );
}

function bySpecificStatus(enhanced: string | undefined): ErrorRule | undefined {
  return enhanced === undefined ? undefined : SMTP_STATUSES[enhanced];
}

function subjectOf(enhanced = ''): string {
  return enhanced.split('.').slice(0, 2).join('.');
}

/** `x.0.0` says nothing beyond its class: the code tells more. */
function enhancedOf(response: string): string | undefined {
  const found = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return found?.endsWith('.0.0') ? undefined : found;
}
