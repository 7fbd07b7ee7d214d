/** A fact about a cooperative as the record keeps it, reduced to what counting needs. */
export interface RecordedFact {
  id: string;
  /** The name of the event. */
  type: string;
  cooperativeId: string;
  importId?: string;
  survivorId?: string;
  /** A civil day or an instant, as given. */
  effectiveOn: string;
  knownAt: Date;
  sequence: number;
  regionCode: string;
  cooperativeType: string;
  declaredReadyOn?: string;
  verifiedOn?: string;
}

/** An import was rolled back: what it stated never held, from this instant on. */
export interface RecordedRevert {
  importId: string;
  knownAt: Date;
}

/** The events that a membership or a stage follows from. */
export const FACT = {
  registered: 'onboarding.cooperative.registered.v1',
  imported: 'onboarding.cooperative.imported.v1',
  reverted: 'onboarding.import.reverted.v1',
  contactVerified: 'onboarding.contact.verified.v1',
  submitted: 'onboarding.application.submitted.v1',
  verified: 'onboarding.cooperative.verified.v1',
  rejected: 'onboarding.cooperative.rejected.v1',
  withdrawn: 'onboarding.cooperative.withdrawn.v1',
  lapsed: 'onboarding.cooperative.lapsed.v1',
  duplicate: 'onboarding.cooperative.found-duplicate.v1',
  dissolved: 'onboarding.cooperative.dissolved.v1',
  merged: 'onboarding.cooperative.merged.v1',
  active: 'onboarding.cooperative.became-active.v1',
} as const;

/** The facts that end a membership until a later verification. */
export const ENDINGS: readonly string[] = [FACT.rejected, FACT.withdrawn, FACT.lapsed];
/** The facts after whose day there is no entity that could count, whatever else is said of it. */
export const FINAL_ENDINGS: readonly string[] = [FACT.dissolved, FACT.merged];

/** The dates that imports state; a date that is stated again is corrected, so the last statement stands alone. */
export function statedDates(held: readonly RecordedFact[]): { declaredReadyOn?: string; verifiedOn?: string } {
  const imported = held.filter((fact) => fact.type === FACT.imported);
  return {
    declaredReadyOn: imported.findLast((fact) => fact.declaredReadyOn)?.declaredReadyOn,
    verifiedOn: imported.findLast((fact) => fact.verifiedOn)?.verifiedOn,
  };
}

/** The duplicate decision in force: the last one. */
export function decisionOf(held: readonly RecordedFact[]): RecordedFact | undefined {
  return held.findLast((fact) => fact.type === FACT.duplicate);
}

/** In the order in which the programme learnt them: the later one corrects the earlier. */
export function asLearnt(a: RecordedFact, b: RecordedFact): number {
  return a.knownAt.getTime() - b.knownAt.getTime() || a.sequence - b.sequence || (a.id < b.id ? -1 : 1);
}

/** The facts that held at an instant: known by then, and of no import that was reverted by then. */
export function heldAt(
  instant: Date,
  facts: readonly RecordedFact[],
  reverts: readonly RecordedRevert[],
): RecordedFact[] {
  const reverted = new Set(reverts.filter((revert) => revert.knownAt <= instant).map((revert) => revert.importId));
  return facts
    .filter((fact) => fact.knownAt <= instant && !(fact.importId && reverted.has(fact.importId)))
    .sort(asLearnt);
}
