import { type Day, effectiveDay } from '../progress/day';
import { NATIONAL_ZONE, type Zone, ZONES } from '../progress/zones';
import type { CooperativeFacts } from './changes';
import { type Reached, reach, STAGE_OF, STAGES, withEarlierStages } from './stages';
import { asLearnt, decisionOf, ENDINGS, FACT, FINAL_ENDINGS, type RecordedFact, statedDates } from './statement';
import { type Turn, Turns } from './turns';

/** A fact that holds, with its turn in each zone where it has one. */
interface Held {
  fact: RecordedFact;
  turns: readonly Turn[];
}

const COLLECTIVE: readonly string[] = [FACT.imported, FACT.duplicate];

/**
 * What is known of a record, led from instant to instant: where it stands follows from the last instant and what is new, so a long
 * history costs no more for each fact than a short one. The membership of `cooperatives_joined` v1 opens at the earlier of
 * `declared_ready_on` and verification, closes on the day of rejection, withdrawal, lapse or duplicate decision, and reopens at a
 * later verification; after dissolution or merger it stays closed. The records that were merged into it are followed the same way.
 */
export class Standing {
  readonly turns: readonly Turns[] = ZONES.map(() => new Turns());
  /** The last statement that holds. */
  latest: RecordedFact | undefined;
  /** The decision in force that the record is a duplicate itself. */
  decision: RecordedFact | undefined;
  /** The days of the stages, its duplicates' included from their decisions on. */
  reached: Reached = {};
  private readonly facts: readonly RecordedFact[];
  private readonly reverts: { importId: string; at: number }[];
  private readonly duplicates: readonly Standing[];
  private readonly reverted = new Set<string>();
  private held: Held[] = [];
  private nextFact = 0;
  private nextRevert = 0;
  private ownReached: Reached = {};
  /** The day of verification that imports state. */
  private stated: Day | undefined;
  /** Turns that follow from several facts or from other records: stated dates, merged records, the decision. */
  private readonly derived = ZONES.map(() => new Map<string, Turn>());

  /** A record in the place of a duplicate keeps its turns from ending with its decision: the survivor carries them on. */
  constructor(
    private readonly record: CooperativeFacts,
    private readonly isDuplicate = false,
  ) {
    this.facts = [...record.own].sort(asLearnt);
    this.reverts = record.reverts
      .map(({ importId, knownAt }) => ({ importId, at: knownAt.getTime() }))
      .sort((a, b) => a.at - b.at);
    this.duplicates = record.duplicates.map((duplicate) => new Standing(duplicate, true));
  }

  /** Learns what became known up to an instant. Answers the days on which counting differs; null where nothing does at all. */
  learn(time: number): ReadonlySet<Day> | null {
    const merged = this.duplicates.map((duplicate) => duplicate.learn(time)).some((changed) => changed !== null);
    const gone = this.forget(time);
    const learnt = this.take(time);
    if (!merged && gone.length === 0 && learnt.length === 0) return null;
    if (merged || [...gone, ...learnt].some(({ type }) => COLLECTIVE.includes(type))) this.derive();
    this.latest = this.held.at(-1)?.fact;
    const reached = this.stages();
    const moved = STAGES.some((stage) => reached[stage] !== this.reached[stage]);
    this.reached = reached;
    const days = new Set(this.turns.flatMap((turns) => turns.settle()));
    const isSame = days.size === 0 && !moved && ![...gone, ...learnt].some(({ type }) => type === FACT.duplicate);
    return this.isDuplicate && isSame ? null : days;
  }

  /** What imports that were reverted by now had stated. */
  private forget(time: number): RecordedFact[] {
    const imports = new Set<string>();
    for (let next = this.reverts[this.nextRevert]; next && next.at <= time; next = this.reverts[++this.nextRevert])
      if (!this.reverted.has(next.importId)) imports.add(next.importId);
    if (imports.size === 0) return [];
    for (const importId of imports) this.reverted.add(importId);
    const gone = this.held.filter(({ fact }) => fact.importId && imports.has(fact.importId));
    if (gone.length === 0) return [];
    this.held = this.held.filter(({ fact }) => !fact.importId || !imports.has(fact.importId));
    for (const { turns } of gone) for (const [index, turn] of turns.entries()) this.turns[index]?.remove(turn);
    this.ownReached = {};
    for (const { fact } of this.held) this.reachBy(fact);
    return gone.map(({ fact }) => fact);
  }

  private take(time: number): RecordedFact[] {
    const learnt: RecordedFact[] = [];
    for (let fact = this.facts[this.nextFact]; fact && fact.knownAt.getTime() <= time; ) {
      if (!fact.importId || !this.reverted.has(fact.importId)) {
        this.hold(fact, this.nextFact);
        learnt.push(fact);
      }
      this.nextFact += 1;
      fact = this.facts[this.nextFact];
    }
    return learnt;
  }

  private hold(fact: RecordedFact, place: number): void {
    const kind = kindOf(fact.type);
    const turns = kind ? ZONES.map((zone) => turn(kind, fact.effectiveOn, zone, place)) : [];
    for (const [index, one] of turns.entries()) this.turns[index]?.add(one);
    this.held.push({ fact, turns });
    this.reachBy(fact);
  }

  private reachBy({ type, effectiveOn }: RecordedFact): void {
    const stage = STAGE_OF.get(type);
    if (stage) reach(this.ownReached, stage, effectiveDay(effectiveOn, NATIONAL_ZONE));
  }

  private derive(): void {
    const own = this.held.map(({ fact }) => fact);
    this.decision = decisionOf(own);
    const { declaredReadyOn, verifiedOn } = statedDates(own);
    this.stated = verifiedOn;
    for (const [index, zone] of ZONES.entries()) {
      const merged = this.merged().flatMap(({ duplicate, decision }, place) =>
        carriedTurns(
          duplicate.turns[index] as Turns,
          effectiveDay(decision.effectiveOn, zone),
          this.facts.length + place,
        ),
      );
      const end = this.isDuplicate ? undefined : this.decision?.effectiveOn;
      this.replace(index, [
        ...(declaredReadyOn ? [turn('declared', declaredReadyOn, zone, -2)] : []),
        ...(verifiedOn ? [turn('verified', verifiedOn, zone, -1)] : []),
        ...merged,
        ...(end ? [turn('ended', end, zone, Number.MAX_SAFE_INTEGER)] : []),
      ]);
    }
  }

  private merged(): { duplicate: Standing; decision: RecordedFact }[] {
    return this.duplicates.flatMap((duplicate) => {
      const { decision } = duplicate;
      return decision?.survivorId === this.record.cooperativeId ? [{ duplicate, decision }] : [];
    });
  }

  private replace(index: number, turns: readonly Turn[]): void {
    const held = this.derived[index] as Map<string, Turn>;
    const wanted = new Map(turns.map((one) => [[one.kind, one.day, one.at, one.learnt].join('|'), one]));
    for (const [key, one] of held) {
      if (wanted.has(key)) continue;
      held.delete(key);
      this.turns[index]?.remove(one);
    }
    for (const [key, one] of wanted) {
      if (held.has(key)) continue;
      held.set(key, one);
      this.turns[index]?.add(one);
    }
  }

  private stages(): Reached {
    const reached = { ...this.ownReached };
    if (this.stated) reach(reached, 'verified', this.stated);
    const all = withEarlierStages(reached);
    for (const { duplicate, decision } of this.merged()) {
      const decided = effectiveDay(decision.effectiveOn, NATIONAL_ZONE);
      for (const stage of STAGES) {
        const day = duplicate.reached[stage];
        if (day !== undefined) reach(all, stage, day > decided ? day : decided);
      }
    }
    return all;
  }
}

/** What a fact by itself turns. */
function kindOf(type: string): Turn['kind'] | null {
  if (type === FACT.verified) return 'verified';
  if (FINAL_ENDINGS.includes(type)) return 'gone';
  return ENDINGS.includes(type) ? 'ended' : null;
}

/** What counted before the day of the decision and on it, and what starts to count from then on, counts for the survivor. */
function carriedTurns(duplicate: Turns, decided: Day, learnt: number): Turn[] {
  const edges = duplicate.edges();
  const before = edges.findLast(({ day }) => day < decided);
  const isCarried = before && before.edge !== 'closed' && duplicate.edgeOn(decided) !== 'closed';
  return [
    ...(isCarried ? [{ kind: 'carried' as const, day: decided, at: null, learnt }] : []),
    ...edges.flatMap(({ day, edge }): Turn[] =>
      day < decided || edge === 'closed' ? [] : [{ kind: 'verified', day, at: null, learnt }],
    ),
  ];
}

function turn(kind: Turn['kind'], on: string, zone: Zone, learnt: number): Turn {
  return { kind, day: effectiveDay(on, zone), at: on.length > 10 ? Date.parse(on) : null, learnt };
}
