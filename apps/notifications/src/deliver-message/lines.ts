import { Log, Metrics } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Gather } from '../message/gather';
import type { Message } from '../message/message.schema';
import { StoppedLine } from './line.schema';

/** Stops a channel or a template in all processes where its provider refuses whatever we send; what waits goes out later. */
@Injectable()
export class Lines {
  private readonly stops;
  /** Usually none, so that all who ask at the same moment are told of all. */
  private readonly stopped = new Gather<undefined, StoppedLine[]>(async (asked) => {
    const stopped = await this.lines.find({ until: { $gt: new Date() } }).lean();
    return asked.map(() => stopped);
  });

  constructor(
    @InjectModel(StoppedLine.name) private readonly lines: Model<StoppedLine>,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.stops = metrics.counter('lines_stopped_total', 'Times that a channel or a template was stopped', [
      'line',
      'reason',
    ]);
  }

  /** Until when nothing of this kind goes out; null where it may. */
  async stoppedUntil({ channel, template }: Message): Promise<Date | null> {
    const stopped = (await this.stopped.get(undefined)).filter(({ _id }) =>
      [channel, `${channel}/${template}`].includes(_id),
    );
    return stopped.reduce<Date | null>((latest, { until }) => (latest && latest > until ? latest : until), null);
  }

  async stop(line: string, code: string, seconds: number): Promise<void> {
    const until = new Date(Date.now() + seconds * 1000);
    await this.lines.updateOne({ _id: line }, { $set: { until, code } }, { upsert: true });
    this.stops.inc({ line, reason: code });
    this.log.error(
      { line, reason: code, until },
      'a provider refuses what we send: nothing goes out on this line for a while',
    );
  }
}
