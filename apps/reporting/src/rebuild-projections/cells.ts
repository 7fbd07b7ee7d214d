import type { CountChange } from '../membership/changes';
import type { CountCell, cellOf } from '../membership/membership.schema';

export type Cell = ReturnType<typeof cellOf> & { opened: number; closed: number };

/** Sums of changes by cell, as the running projection keeps them. */
export class Cells {
  private readonly sums = new Map<string, Cell>();

  get size(): number {
    return this.sums.size;
  }

  add(cell: ReturnType<typeof cellOf>, { opened, closed }: Pick<CountChange, 'opened' | 'closed'>): void {
    const sum = this.sums.get(cell._id) ?? { ...cell, opened: 0, closed: 0 };
    this.sums.set(cell._id, { ...sum, opened: sum.opened + opened, closed: sum.closed + closed });
  }

  get(id: string): Cell | undefined {
    return this.sums.get(id);
  }

  values(): Iterable<Cell> {
    return this.sums.values();
  }
}

/** What the cells should be where they are not; a cell that should not be is emptied, so that readers see it change. */
export function differingCells(stored: readonly CountCell[], rebuilt: Cells): Cell[] {
  const known = new Map(stored.map((cell) => [cell._id, cell]));
  const wrong: Cell[] = [];
  for (const cell of rebuilt.values()) {
    const is = known.get(cell._id) ?? { opened: 0, closed: 0 };
    if (is.opened !== cell.opened || is.closed !== cell.closed) wrong.push(cell);
  }
  for (const { _id, series, zone, slot, day, area, type, opened, closed } of stored) {
    const isEmpty = opened === 0 && closed === 0;
    if (!isEmpty && !rebuilt.get(_id)) wrong.push({ _id, series, zone, slot, day, area, type, opened: 0, closed: 0 });
  }
  return wrong;
}
