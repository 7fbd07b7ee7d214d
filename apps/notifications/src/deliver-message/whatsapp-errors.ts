import type { ErrorRule } from './error-rule';

const DAY = 86_400;
const HOUR = 3_600;

const RETRY: ErrorRule = { action: 'retry' };
const NEXT: ErrorRule = { action: 'next_channel' };
const FINAL: ErrorRule = { action: 'final' };
const TEMPLATE: ErrorRule = { action: 'stop_template', waitSeconds: HOUR };
const LINE: ErrorRule = { action: 'stop_line', waitSeconds: 600 };
/** A token may be renewed by those who run the service at any moment: look again soon. */
const TOKEN: ErrorRule = { action: 'stop_line', waitSeconds: 60 };

/** Error codes of the WhatsApp Cloud API; the same in answers and in status webhooks. */
export const WHATSAPP_ERRORS: Readonly<Record<number, ErrorRule>> = {
  0: TOKEN,
  190: TOKEN,
  2: RETRY,
  4: RETRY,
  80007: RETRY,
  130429: RETRY,
  131000: RETRY,
  131016: RETRY,
  131056: { action: 'retry', waitSeconds: 6 },
  131057: { action: 'retry', waitSeconds: 60 },
  133004: RETRY,
  133005: RETRY,
  131049: { action: 'hold', waitSeconds: DAY },
  131048: { action: 'stop_line', waitSeconds: HOUR },
  130472: NEXT,
  131021: NEXT,
  131026: NEXT,
  131030: NEXT,
  131050: NEXT,
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
  33: FINAL,
  100: FINAL,
  131008: FINAL,
  131009: FINAL,
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

/** The rule of a code; permissions are 200–299, an unknown code is judged by the status of the answer. */
export function whatsappRule(code: number, httpStatus: number): ErrorRule {
  const known = WHATSAPP_ERRORS[code];
  if (known) return known;
  if (code >= 200 && code <= 299) return LINE;
  return httpStatus >= 500 || httpStatus === 429 ? RETRY : FINAL;
}
