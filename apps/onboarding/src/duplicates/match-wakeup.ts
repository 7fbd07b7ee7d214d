import type { Cooperative } from '../cooperative/cooperative.schema';

export const FIND_DUPLICATES_QUEUE = 'onboarding-find-duplicates';

/** The wake-up that a cooperative which is to be matched causes. */
export function matchWakeup({ matchDue }: Pick<Cooperative, 'matchDue'>) {
  return { id: `${matchDue}-match`, data: {} };
}
