import type { ErrorRule } from './error-rule';

const RETRY: ErrorRule = { action: 'retry' };
const FINAL: ErrorRule = { action: 'final' };
const SUPPRESS: ErrorRule = { action: 'suppress' };
const LINE: ErrorRule = { action: 'stop_line', waitSeconds: 600 };

/** Replies that mean more than their class; an enhanced status (`5.1.1`, or `5.1` for all of them) is asked first. */
export const SMTP_ERRORS: Readonly<Record<string, ErrorRule>> = {
  '5.1': SUPPRESS,
  '5.1.8': FINAL,
  '5.2.1': SUPPRESS,
  '5.2.2': FINAL,
  '5.7': FINAL,
  '5.7.8': LINE,
  '4.7.0': { action: 'retry', waitSeconds: 60 },
  '421': RETRY,
  '450': RETRY,
  '451': RETRY,
  '452': RETRY,
  '454': RETRY,
  '530': LINE,
  '534': LINE,
  '535': LINE,
  '538': LINE,
};

/** The rule of a reply: by enhanced status, by code, else 4xx is for later and 5xx for good. */
export function smtpRule(responseCode: number, response = ''): ErrorRule {
  const enhanced = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const subject = enhanced?.split('.').slice(0, 2).join('.');
  return (
    SMTP_ERRORS[enhanced ?? ''] ??
    SMTP_ERRORS[subject ?? ''] ??
    SMTP_ERRORS[String(responseCode)] ??
    (responseCode >= 500 ? FINAL : RETRY)
  );
}
