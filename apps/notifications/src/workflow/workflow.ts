import type { Channel } from '@idxcoop/contracts';
import type { UserRole } from '@idxcoop/platform';
import type { Category, Lane, TemplateKey } from '../message/message.schema';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What is sent because of one kind of cause: to whom, by which way, when, how urgently, and for how long it is of use. */
export interface Workflow {
  category: Category;
  lane: Lane;
  /** In order: the first on which the person can be reached. */
  channels: readonly Channel[];
  /** What follows where that one cannot reach them. `none`: the message is about this very address. */
  fallback: 'next_channel' | 'none';
  /** Milliseconds after its time; later it is not sent any more. */
  life: number;
  /** Of a fact, at the moment it comes: whether anybody is told. */
  when?: (fact: never, now: Date) => boolean;
  /** A person gets one of these a day. */
  digest?: true;
  /** The fact says for which hour the person ordered it: it waits until then, and is no disturbance at that hour. */
  orderedFor?: true;
  /** Facts of one subject become one message on the next of these weekdays (1 is Monday), with so many items at most. */
  gather?: { weekday: number; atMost: number };
  /** A long process: what follows by and by, in order, until it is stopped. */
  steps?: readonly Step[];
}

/** One message of a long process. */
export interface Step {
  /** Days from the day that the process is about, in the morning of the region; before it where negative. */
  day: number;
  /** At the moment the process starts, not in the morning. */
  atOnce?: true;
  template: TemplateKey;
  to: To;
  /** An official gets one message of the morning for all cooperatives that it is about, after a window in which they come together. */
  together?: true;
}

/** The people of the cooperative; or officials whose territory it lies in, of the nearest office or of one level. */
export type To = 'cooperative' | { officials: UserRole; level?: OfficeLevel };
export type OfficeLevel = 'regency' | 'province';

/** The name of a step in the causes of its messages: `D-7`. */
export function nameOf({ day }: Step): string {
  return `D${day < 0 ? '' : '+'}${day}`;
}
