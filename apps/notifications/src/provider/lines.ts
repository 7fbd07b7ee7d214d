import type { Channel } from '@idxcoop/contracts';
import { Log, Metrics } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Gather } from '../message/gather';
import type { Message } from '../message/message.schema';
import type { Action } from './error-rule';
import { type OrderedStop, StoppedLine } from './line.schema';
import { codeLabel } from './rules';

/** What people stopped they may open at any moment: nothing waits longer without looking again. */
const LOOK_AGAIN = 10 * 60_000;

type Addressed = Pick<Message, 'channel' | 'template' | 'lane'>;

/** Stops a channel or a part of it in all processes; what waits goes out later. */
@Injectable()
export class Lines {
  /** There are few of them, so whoever asks at a moment gets all. */
  private readonly all = new Gather<undefined, StoppedLine[]>(async (asked) => {
    const lines = await this.lines.find().lean<StoppedLine[]>();
    return asked.map(() => lines);
  });
  private readonly stops;

  constructor(
    @InjectModel(StoppedLine.name) private readonly lines: Model<StoppedLine>,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.stops = metrics.counter('lines_stopped_total', 'Times that a channel or a part of it was stopped', [
      'line',
      'reason',
    ]);
  }

  /** How long nothing of this kind goes out, and why; null where it may. */
  async stopOf(message: Addressed): Promise<{ afterMs: number; code: string } | null> {
    const now = Date.now();
    const its = linesOf(message);
    const stopped = (await this.all.get(undefined)).filter(({ _id }) => its.includes(_id));
    const after = (until: Date | undefined) => Math.max(0, (until?.getTime() ?? 0) - now);
    if (stopped.some(({ ordered }) => isInForce(ordered, now))) {
      const longest = Math.max(
        ...stopped.map(({ ordered, until }) => Math.max(orderedFor(ordered, now), after(until))),
      );
      return { afterMs: Math.min(longest, LOOK_AGAIN), code: 'stopped_by_operations' };
    }
    const afterMs = Math.max(0, ...stopped.map(({ until }) => after(until)));
    return afterMs > 0 ? { afterMs, code: 'line_stopped' } : null;
  }

  /** A provider refuses what we send. The longest stop stands, with its code. */
  async stop(line: string, code: string, seconds: number): Promise<void> {
    const until = new Date(Date.now() + seconds * 1000);
    await this.lines.updateOne({ _id: line }, { $setOnInsert: { until, code } }, { upsert: true });
    const isShorter = { $or: [{ until: { $exists: false } }, { until: { $lt: until } }] };
    await this.lines.updateOne({ _id: line, ...isShorter }, { $set: { until, code } });
    this.stops.inc({ line, reason: codeLabel(channelOf(line), code) });
    this.log.error(
      { line, reason: code, until },
      'a provider refuses what we send: nothing goes out on this line for a while',
    );
  }

  /** The provider takes back what it said. */
  async resume(line: string, code: string): Promise<void> {
    await this.lines.updateOne({ _id: line, code }, { $unset: { until: 1, code: 1 } });
  }

  /** People stop a line. */
  async order(line: string, ordered: OrderedStop): Promise<void> {
    await this.lines.updateOne({ _id: line }, { $set: { ordered } }, { upsert: true });
    this.stops.inc({ line, reason: 'operations' });
  }

  /** Ends what people ordered, and what the provider said as well: who opens a line has looked at it. */
  async open(line: string): Promise<void> {
    await this.lines.deleteOne({ _id: line });
  }

  /** Every line on which nothing goes out now. */
  async stopped(): Promise<StoppedLine[]> {
    const now = Date.now();
    const all = await this.lines.find().sort({ _id: 1 }).lean<StoppedLine[]>();
    return all.filter(({ until, ordered }) => (until?.getTime() ?? 0) > now || isInForce(ordered, now));
  }
}

function isInForce(ordered: OrderedStop | undefined, now: number): boolean {
  return ordered !== undefined && orderedFor(ordered, now) > 0;
}

function orderedFor(ordered: OrderedStop | undefined, now: number): number {
  if (!ordered) return 0;
  return ordered.until ? ordered.until.getTime() - now : LOOK_AGAIN;
}

function channelOf(line: string): Channel {
  return line.startsWith('whatsapp') ? 'whatsapp' : 'email';
}

function linesOf({ channel, template, lane }: Addressed): string[] {
  return [channel, `${channel}/${template}`, ...(lane === 'bulk' ? [`${channel}/bulk`] : [])];
}

/** What an action stops of a message's kind. */
export function lineOf({ channel, template }: Addressed, action: Action): string | undefined {
  switch (action) {
    case 'stop_line':
    case 'refresh_token':
      return channel;
    case 'stop_template':
      return `${channel}/${template}`;
    case 'stop_bulk':
      return `${channel}/bulk`;
    default:
      return undefined;
  }
}
