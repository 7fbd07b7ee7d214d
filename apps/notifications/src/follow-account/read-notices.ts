import { type Change, type Json, object } from '../receive-webhook/json';
import type { Notice } from './account-notice.schema';

/** A notice and when Meta gave it. */
export interface ReceivedNotice {
  notice: Notice;
  at: Date;
}

/** Meta's words: capitals, or the name of a template. All else could be about somebody. */
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z0-9_]{1,512}$/.test(value) ? value : undefined;

const TIERS: Readonly<Record<string, number>> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: -1,
};

/** How many people a day, as a number or as a tier; the field for one number went in 2026 and is read while it comes. */
function peopleOf(value: Json): Notice[] {
  const { max_daily_conversations_per_business: business, max_daily_conversation_per_phone: phone } = value;
  const given = business ?? phone;
  const people = typeof given === 'number' ? given : TIERS[String(given)];
  return Number.isInteger(people) ? [{ kind: 'people_per_day', people: Number(people) }] : [];
}

const READERS: Readonly<Record<string, (value: Json) => Notice[]>> = {
  message_template_status_update(value) {
    const template = word(value.message_template_name);
    const language = word(value.message_template_language);
    const state = word(value.event);
    if (!template || !language || !state) return [];
    const reason = word(value.reason);
    return [{ kind: 'template_state', template, language, state, ...(reason && { reason }) }];
  },
  template_category_update(value) {
    const template = word(value.message_template_name);
    const language = word(value.message_template_language);
    const category = word(value.new_category);
    return template && language && category ? [{ kind: 'template_category', template, language, category }] : [];
  },
  phone_number_quality_update(value) {
    const event = word(value.event);
    return [...(event ? [{ kind: 'quality' as const, event }] : []), ...peopleOf(value)];
  },
  business_capability_update: peopleOf,
  account_alerts(value) {
    const { alert_severity, alert_type } = { ...value, ...object(value.alert_info) } as Json;
    const alert = word(alert_type);
    return alert ? [{ kind: 'alert', alert, severity: word(alert_severity) ?? 'UNKNOWN' }] : [];
  },
  account_update(value) {
    const event = word(value.event);
    return event ? [{ kind: 'account', event }] : [];
  },
};

/** What a webhook call says of our account and templates. */
export function readNotices(changes: Change[], now = new Date()): ReceivedNotice[] {
  return changes.flatMap(({ field = '', value, at = now }) => {
    const read = Object.hasOwn(READERS, field) ? READERS[field] : undefined;
    return (read?.(value) ?? []).map((notice) => ({ notice, at }));
  });
}
