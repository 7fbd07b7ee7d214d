import { CHANNELS } from '@idxcoop/contracts';
import { Log, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message, TEMPLATE_KEYS } from '../message/message.schema';
import type { StoppedLine } from '../provider/line.schema';
import { Lines } from '../provider/lines';
import type { LineListView, LineOrderDto, LineView } from './switch-lines.dto';

const PARTS: readonly string[] = ['bulk', ...TEMPLATE_KEYS];

/** Stops and opens lines by hand: at once in all processes, since each asks before each message. */
@Injectable()
export class SwitchLinesHandler {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly lines: Lines,
    private readonly log: Log,
  ) {}

  async execute(line: string, order: LineOrderDto, by: string): Promise<LineView> {
    const { state, reason } = order;
    const [channel, part] = readLine(line);
    const at = new Date();
    this.log.warn({ line, state, reason, by, until: order.until }, 'a line is switched by hand');
    if (state === 'open') {
      await this.lines.open(line);
      await this.release(channel, part);
      return { line, state };
    }
    const until = order.until ? new Date(order.until) : undefined;
    await this.lines.order(line, { reason, by, at, ...(until && { until }) });
    const stopped = (await this.lines.stopped()).find(({ _id }) => _id === line);
    return stopped ? view(stopped) : { line, state: 'open' };
  }

  async list(): Promise<LineListView> {
    return { items: (await this.lines.stopped()).map(view) };
  }

  /** What waited for this line is looked at again now; where another stop holds it, it goes on waiting. */
  private async release(channel: string, part: string | undefined): Promise<void> {
    const of = part === undefined ? {} : part === 'bulk' ? { lane: 'bulk' } : { template: part };
    const codes = ['stopped_by_operations', 'line_stopped'];
    await this.messages.updateMany({ state: 'held', code: { $in: codes }, channel, ...of } as object, {
      $set: { dueAt: new Date() },
    });
  }
}

function readLine(line: string): [channel: string, part?: string] {
  const [channel = '', part, ...more] = line.split('/');
  const isKnown = (CHANNELS as readonly string[]).includes(channel) && (part === undefined || PARTS.includes(part));
  if (!isKnown || more.length > 0) throw notFound();
  return part === undefined ? [channel] : [channel, part];
}

function view({ _id: line, ordered, until, code }: StoppedLine): LineView {
  const base = { line, state: 'stopped' as const };
  if (ordered && (!ordered.until || ordered.until > new Date())) {
    return {
      ...base,
      ...(ordered.until && { until: ordered.until.toISOString() }),
      reason: ordered.reason,
      by: 'operations',
    };
  }
  return { ...base, ...(until && { until: until.toISOString() }), ...(code && { reason: code }), by: 'provider' };
}
