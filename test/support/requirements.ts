import { Cooperative } from '../../apps/onboarding/src/cooperative/cooperative.schema';
import type { Kept } from '../../apps/onboarding/src/requirement/assess';
import type { RequirementKey } from '../../apps/onboarding/src/requirement/keys';

export const SIGNED_UP = new Date('2020-10-08T03:00:00.000Z');
/** Noon in Jakarta of a day, as an office of a zone sees it. */
export const on = (day: string, timeZone = 'Asia/Jakarta') => ({ at: new Date(`${day}T05:00:00.000Z`), timeZone });

/** A cooperative that has just signed up in Medan, unless a test says otherwise. */
export function cooperative(fields: Partial<Cooperative> = {}): Cooperative {
  return Object.assign(new Cooperative(), {
    _id: '0199c1f0-0000-7000-8000-000000000001',
    form: 'primary',
    type: 'savings_loan',
    regionCode: '12.71.05.1003',
    origin: 'self',
    registration: 'draft',
    registrationHistory: [],
    entity: 'active',
    createdAt: SIGNED_UP,
    ...fields,
  });
}

export const CONTACT = { contactVerifiedAt: SIGNED_UP };
/** One that was verified some weeks later. */
export const verified = (fields: Partial<Cooperative> = {}) => {
  const recordedAt = new Date('2020-11-01T03:00:00.000Z');
  const history = [{ state: 'verified' as const, effectiveOn: '2020-11-01', knownAt: recordedAt, recordedAt }];
  return cooperative({ ...CONTACT, registration: 'verified', registrationHistory: history, ...fields });
};
/** A decision about a requirement, as it is stored. */
export const kept = (key: RequirementKey, decision: Kept['decision'], more: Partial<Kept> = {}): Kept => ({
  ...{ key, decision, period: '', reasons: [], evidence: [] },
  ...more,
});
