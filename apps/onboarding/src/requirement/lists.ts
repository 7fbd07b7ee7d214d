import type { Reason } from '../review/review-case.schema';
import { isOpen, type RequirementItem } from './assess';
import type { RequirementKey, RequirementState } from './keys';

/** The requirements of a cooperative by what is to be done: the shape of Stripe's account requirements. Each key stands in one list. */
export interface RequirementLists {
  currentlyDue: RequirementKey[];
  eventuallyDue: RequirementKey[];
  pastDue: RequirementKey[];
  pendingVerification: RequirementKey[];
  satisfied: RequirementKey[];
  errors: Reason[];
}

type List = Exclude<keyof RequirementLists, 'errors'>;

const LIST_OF: Readonly<Record<RequirementState, List | null>> = {
  past_due: 'pastDue',
  currently_due: 'currentlyDue',
  rejected: 'currentlyDue',
  submitted: 'pendingVerification',
  pending_verification: 'pendingVerification',
  eventually_due: 'eventuallyDue',
  satisfied: 'satisfied',
  waived: 'satisfied',
  not_due: null,
};
/** Of a key that recurs the most urgent period decides. */
const URGENCY: readonly List[] = ['pastDue', 'currentlyDue', 'pendingVerification', 'eventuallyDue', 'satisfied'];

/** The keys by list, and what officers objected to. */
export function listsOf(items: readonly RequirementItem[], reasons: readonly Reason[] = []): RequirementLists {
  const lists: RequirementLists = {
    currentlyDue: [],
    eventuallyDue: [],
    pastDue: [],
    pendingVerification: [],
    satisfied: [],
    errors: [],
  };
  for (const key of new Set(items.map((item) => item.key))) {
    const found = items.filter((item) => item.key === key).map(({ state }) => LIST_OF[state]);
    const list = URGENCY.find((name) => found.includes(name));
    if (list) lists[list].push(key);
  }
  const objections = items.flatMap((item) => (isOpen(item.state) ? item.reasons : []));
  for (const reason of [...reasons, ...objections]) {
    const isKnown = lists.errors.some(
      ({ requirement, code }) => requirement === reason.requirement && code === reason.code,
    );
    if (!isKnown) lists.errors.push(reason);
  }
  return lists;
}

/** The one deadline: that of the open requirement that is due first. */
export function deadlineOf(
  items: readonly RequirementItem[],
): { at: string; on: string; requirement: RequirementKey } | null {
  const [first] = items
    .flatMap(({ key, state, dueAt, dueOn }) => (isOpen(state) && dueAt && dueOn ? [{ key, dueAt, dueOn }] : []))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return first ? { at: first.dueAt.toISOString(), on: first.dueOn, requirement: first.key } : null;
}

/** A requirement as its cooperative and its offices read it. */
export function viewItem({ dueAt: _dueAt, period, ...item }: RequirementItem) {
  return { ...item, period: period || null };
}
