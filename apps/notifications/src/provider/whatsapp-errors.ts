import { DAY, type ErrorRule, HOUR, MINUTE } from './error-rule';

const RETRY: ErrorRule = { action: 'retry' };
const DOWN: ErrorRule = { action: 'retry', isDown: true };
const NEXT: ErrorRule = { action: 'next_channel' };
const FINAL: ErrorRule = { action: 'final', alert: true };
const TEMPLATE: ErrorRule = { action: 'stop_template', waitSeconds: HOUR };
const LINE: ErrorRule = { action: 'stop_line', waitSeconds: 10 * MINUTE };
/** A fault of ours that all of this template may share, or this message alone: it fails, and the others wait for the next to show it. */
const REQUEST: ErrorRule = { action: 'stop_template', waitSeconds: 10 * MINUTE, ends: true };
/** Where no new token is found: it may be renewed by those who run the service at any moment, so look again soon. */
const TOKEN: ErrorRule = { action: 'refresh_token', waitSeconds: MINUTE };

/** Error codes of the WhatsApp Cloud API; the same in answers and in status webhooks. */
export const WHATSAPP_ERRORS: Readonly<Record<number, ErrorRule>> = {
  0: TOKEN,
  190: TOKEN,
  2: DOWN,
  4: RETRY,
  80007: RETRY,
  130429: RETRY,
  131000: RETRY,
  131016: DOWN,
  131056: { action: 'retry', waitSeconds: 6 },
  131057: { action: 'retry', waitSeconds: MINUTE },
  133004: DOWN,
  133005: RETRY,
  // Meta spares this person.
  131049: { action: 'hold', waitSeconds: DAY },
  // Too many have blocked the number: what goes to many makes it worse.
  131048: { action: 'stop_bulk', waitSeconds: HOUR },
  130472: NEXT,
  131021: NEXT,
  131030: NEXT,
  131026: { action: 'suppress', scope: 'all' },
  131050: { action: 'suppress', scope: 'announcements' },
  131047: FINAL,
  131051: FINAL,
  131052: FINAL,
  131053: FINAL,
  132000: TEMPLATE,
  132001: TEMPLATE,
  132005: TEMPLATE,
  132007: TEMPLATE,
  132008: TEMPLATE,
  132012: TEMPLATE,
  132015: TEMPLATE,
  132016: TEMPLATE,
  132068: TEMPLATE,
  132069: TEMPLATE,
  100: REQUEST,
  131008: REQUEST,
  131009: REQUEST,
  33: LINE,
  3: LINE,
  10: LINE,
  368: LINE,
  130497: LINE,
  131005: LINE,
  131031: LINE,
  131037: LINE,
  131042: LINE,
  131044: LINE,
  131045: LINE,
  131062: LINE,
  131063: LINE,
  131064: LINE,
  133000: LINE,
  133006: LINE,
  133008: LINE,
  133009: LINE,
  133010: LINE,
  133015: LINE,
  133016: LINE,
  134011: LINE,
  135000: LINE,
  137000: LINE,
};

/** Codes that share a rule by their range: what we are not permitted to do. */
export const WHATSAPP_RANGES: readonly { from: number; to: number; rule: ErrorRule }[] = [
  { from: 200, to: 299, rule: LINE },
];

/** Statuses of answers that name no code. A gateway that gave up on an answer does not know whether Meta took the message. */
export const WHATSAPP_STATUSES: Readonly<Record<number, ErrorRule>> = {
  401: TOKEN,
  402: LINE,
  403: LINE,
  404: LINE,
  405: LINE,
  408: RETRY,
  413: REQUEST,
  422: REQUEST,
  425: RETRY,
  429: RETRY,
  500: DOWN,
  501: LINE,
  502: { action: 'unknown', isDown: true },
  503: DOWN,
  504: { action: 'unknown', isDown: true },
};

/** By class, for what stands in no table: an answer without sense (2xx, another 5xx) tells nothing of the message. */
export const WHATSAPP_STATUS_CLASSES: Readonly<Record<number, ErrorRule>> = {
  1: { action: 'unknown' },
  2: { action: 'unknown' },
  3: LINE,
  4: FINAL,
  5: { action: 'unknown', isDown: true },
};

/** The rule of a code; an unknown one is judged by the status of the answer, or is final where it came by webhook. */
export function whatsappRule(code: number, httpStatus?: number): ErrorRule {
  const known = WHATSAPP_ERRORS[code] ?? WHATSAPP_RANGES.find(({ from, to }) => code >= from && code <= to)?.rule;
  if (known) return known;
  if (httpStatus === undefined) return FINAL;
  // Meta itself has answered with an error, so it has not taken the message.
  const rule = statusRule(httpStatus);
  return rule.action === 'unknown' ? DOWN : rule;
}

/** The rule of an answer without a code. */
export function statusRule(httpStatus: number): ErrorRule {
  return WHATSAPP_STATUSES[httpStatus] ?? WHATSAPP_STATUS_CLASSES[Math.floor(httpStatus / 100)] ?? FINAL;
}
