import { IsISO8601, Matches } from 'class-validator';

/** A civil day (`2020-10-08`) or an instant in UTC (`2020-10-08T03:00:00.000Z`). */
export const DAY_OR_INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z)?$/;

/** A fact about the world: when it was true, and when the programme learnt it. */
export abstract class DatedFact {
  /** When it became true. A civil day counts on that day in every zone; an instant is converted to the target's zone. */
  @Matches(DAY_OR_INSTANT) effectiveOn!: string;
  /** When the programme learnt it, an instant in UTC. */
  @IsISO8601({ strict: true }) knownAt!: string;
}
