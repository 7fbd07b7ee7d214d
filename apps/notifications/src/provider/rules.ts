import type { Channel } from '@idxcoop/contracts';
import type { ErrorRule } from './error-rule';
import { SMTP_FAULTS, SMTP_REPLIES, smtpRule } from './smtp-errors';
import { statusRule, WHATSAPP_ERRORS, WHATSAPP_RANGES, WHATSAPP_STATUSES, whatsappRule } from './whatsapp-errors';

/** The rule of a code as messages keep it (`131026`, `http_503`, `smtp_550`, `bounced_5.1.1`); undefined where it is none of a provider. */
export function ruleOf(channel: Channel, code: string): ErrorRule | undefined {
  if (channel === 'whatsapp') {
    const [, status] = /^http_(\d{3})$/.exec(code) ?? [];
    if (status) return statusRule(Number(status));
    return /^\d+$/.test(code) ? whatsappRule(Number(code)) : undefined;
  }
  const [, reply] = /^smtp_(\d{3})$/.exec(code) ?? [];
  if (reply) return smtpRule(Number(reply));
  const [, bounce] = /^bounced_(.+)$/.exec(code) ?? [];
  if (bounce) return bounceRule(bounce);
  return Object.hasOwn(SMTP_FAULTS, code) ? SMTP_FAULTS[code] : undefined;
}

/** A bounce comes from the server of one person: it says nothing of ours, and that server has given up. */
function bounceRule(status: string): ErrorRule {
  const rule = smtpRule(550, status);
  if (rule.action === 'suppress' || rule.action === 'next_channel') return rule;
  return { action: 'next_channel', ...(status.startsWith('5') && { alert: true }) };
}

/** Words of ours for what is in the way on this channel alone; silence and campaigns are not of it. */
const OF_THE_CHANNEL: ReadonlySet<string> = new Set([
  // People choose for each channel, and are asked again before the other is used.
  'no_consent',
  'opted_out',
  'contact_gone',
  // Known before that this address cannot be reached, or that Meta sends nothing of this template.
  'address_suppressed',
  'template_not_approved',
  'line_stopped',
  'stopped_by_operations',
  'circuit_open',
  'daily_cap',
  'rate_limited',
  'pair_limited',
  'daily_budget',
  'limits_unavailable',
]);

/** Whether the person's next channel takes over from a message that ended with this code: it was surely not delivered. */
export function handsOver(channel: Channel, code = ''): boolean {
  if (OF_THE_CHANNEL.has(code)) return true;
  const rule = ruleOf(channel, code);
  return rule !== undefined && rule.action !== 'final' && rule.action !== 'unknown';
}

/** A code as a label of metrics: as it is where it stands in our tables or is a word of ours, so that there are not more than so many. */
export function codeLabel(channel: Channel, code: string): string {
  if (/^[a-z_]{1,40}$/.test(code)) return code;
  if (code.startsWith('bounced_')) return /^bounced_[245]/.exec(code)?.[0] ?? 'bounced';
  const [, kind, digits] = /^(http_|smtp_)?(\d+)$/.exec(code) ?? [];
  const number = Number(digits);
  if (kind === 'http_') return number in WHATSAPP_STATUSES ? code : 'other';
  if (kind === 'smtp_') return number in SMTP_REPLIES ? code : 'other';
  if (channel === 'whatsapp' && number in WHATSAPP_ERRORS) return code;
  const range = WHATSAPP_RANGES.find(({ from, to }) => number >= from && number <= to);
  return range ? `${range.from}-${range.to}` : 'other';
}
