import type { OutboundAnswer, OutboundCode } from '@idxcoop/platform';
import { MARKETPLACE_HOSTS, PARKED_MARKS, PARKING_HOSTS, SOCIAL_HOSTS } from './foreign-sites';

/** Why a website does not count as one that is there. */
export type WebsiteReason = OutboundCode | 'social_profile' | 'marketplace' | 'parked' | 'not_html' | `http_${number}`;

/** Whether a host is one of a list, or below one. */
function isOneOf(host: string, list: readonly string[]): boolean {
  return list.some((entry) => host === entry || host.endsWith(`.${entry}`));
}

/** What an address says by its host alone; null where nothing speaks against it. */
export function judgeHost(url: string): WebsiteReason | null {
  const host = new URL(url).hostname.replace(/\.$/, '');
  if (isOneOf(host, SOCIAL_HOSTS)) return 'social_profile';
  if (isOneOf(host, MARKETPLACE_HOSTS)) return 'marketplace';
  return isOneOf(host, PARKING_HOSTS) ? 'parked' : null;
}

/** What is to be said of an answer; null where a website is there. */
export function judgeAnswer({ url, status, headers, body }: OutboundAnswer): WebsiteReason | null {
  const byHost = judgeHost(url);
  if (byHost) return byHost;
  if (status < 200 || status > 299) return `http_${status}`;
  if (!/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers['content-type'] ?? '')) return 'not_html';
  const text = body.toString('utf8').toLowerCase().replace(/\s+/g, ' ');
  return PARKED_MARKS.some((mark) => text.includes(mark)) ? 'parked' : null;
}
