import type { Day } from '../progress/day';

/** Something that opens or closes a membership on a day. */
export interface Turn {
  day: Day;
  /** The instant where the fact gives one. */
  at: number | null;
  kind: 'declared' | 'verified' | 'carried' | 'ended' | 'gone';
  /** The place in the order in which turns were learnt. */
  learnt: number;
}

/** What a day changes: a cooperative starts to count (`carried`: over from a duplicate, which is no arrival) or stops to. */
export type Edge = 'opened' | 'carried' | 'closed';

interface DayOfTurns {
  turns: Turn[];
  edge?: Edge;
  /** At the end of the day: whether it counts, whether anything ever opened it, and whether it is gone for good. */
  isOpen: boolean;
  wasOpened: boolean;
  isGone: boolean;
}

const BEFORE_ALL: Readonly<DayOfTurns> = { turns: [], isOpen: false, wasOpened: false, isGone: false };

/**
 * The turns of a record in one zone, and the days on which it starts and stops to count. A day depends on the ones before it only
 * through where they end, so turns that come or go cost their own day and those after it up to the first that ends as it did.
 */
export class Turns {
  private readonly days: Day[] = [];
  private readonly byDay = new Map<Day, DayOfTurns>();
  private readonly touched = new Set<Day>();

  add(turn: Turn): void {
    let on = this.byDay.get(turn.day);
    if (!on) {
      on = { turns: [], isOpen: false, wasOpened: false, isGone: false };
      this.byDay.set(turn.day, on);
      this.days.splice(this.indexOf(turn.day), 0, turn.day);
    }
    on.turns.push(turn);
    this.touched.add(turn.day);
  }

  remove(turn: Turn): void {
    const turns = this.byDay.get(turn.day)?.turns;
    turns?.splice(turns.indexOf(turn), 1);
    this.touched.add(turn.day);
  }

  edgeOn(day: Day): Edge | undefined {
    return this.byDay.get(day)?.edge;
  }

  /** All days on which it starts or stops to count, in order. */
  edges(): { day: Day; edge: Edge }[] {
    return this.days.flatMap((day) => {
      const edge = this.edgeOn(day);
      return edge ? [{ day, edge }] : [];
    });
  }

  /** Walks what was touched since the last time, and answers the days whose edge differs now. */
  settle(): Day[] {
    const changed: Day[] = [];
    let next = 0;
    for (const touched of [...this.touched].sort()) {
      let goesOn = true;
      for (let index = Math.max(next, this.indexOf(touched)); goesOn && index < this.days.length; index += 1) {
        const day = this.days[index] as Day;
        const on = this.byDay.get(day) as DayOfTurns;
        const { edge, isOpen, wasOpened, isGone } = on;
        walk(on, this.byDay.get(this.days[index - 1] ?? '') ?? BEFORE_ALL);
        if (on.edge !== edge) changed.push(day);
        goesOn = on.isOpen !== isOpen || on.wasOpened !== wasOpened || on.isGone !== isGone;
        next = index + 1;
      }
    }
    this.touched.clear();
    return changed;
  }

  /** Where a day is, or belongs. */
  private indexOf(day: Day): number {
    let [low, high] = [0, this.days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.days[middle] as Day) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What closes and opens again inside a day leaves no gap, and what opens and closes inside it never counted. */
function walk(on: DayOfTurns, before: Readonly<DayOfTurns>): void {
  let { isOpen, wasOpened, isGone } = before;
  let opening: Edge = 'opened';
  for (const { kind } of inOrder(on.turns)) {
    isGone ||= kind === 'gone';
    if (isGone || kind === 'ended') isOpen = false;
    else if (!isOpen && (kind !== 'declared' || !wasOpened)) {
      isOpen = true;
      wasOpened = true;
      opening = kind === 'carried' ? 'carried' : 'opened';
    }
  }
  on.isOpen = isOpen;
  on.wasOpened = wasOpened;
  on.isGone = isGone;
  on.edge = isOpen === before.isOpen ? undefined : isOpen ? opening : 'closed';
}

/** By time where every turn of the day has one, else in the order in which they were learnt. */
function inOrder(turns: Turn[]): readonly Turn[] {
  const isTimed = turns.every(({ at }) => at !== null);
  return turns.sort((a, b) => (isTimed && (a.at ?? 0) - (b.at ?? 0)) || a.learnt - b.learnt);
}
