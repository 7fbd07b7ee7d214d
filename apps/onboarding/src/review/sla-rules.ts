import type { ReviewOffice } from '@idxcoop/contracts';

/** How many working days an office has for a case, from a day on. */
export interface SlaRule {
  version: string;
  validFrom: string;
  workingDays: Readonly<Record<ReviewOffice, number>>;
}

/** The newest last. A case keeps the term under which its office got it. */
export const SLA_RULES: readonly SlaRule[] = [
  { version: '2020-10', validFrom: '2020-01-01', workingDays: { regency: 5, province: 3, ministry: 3 } },
];

/** The term of an office for what it gets on a day. */
export function termOn(day: string, office: ReviewOffice): { rules: string; workingDays: number } {
  const rule = SLA_RULES.findLast(({ validFrom }) => validFrom <= day) ?? (SLA_RULES[0] as SlaRule);
  return { rules: rule.version, workingDays: rule.workingDays[office] };
}
