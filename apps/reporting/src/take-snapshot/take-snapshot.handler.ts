import { Clock, IdempotencyKeys, isDuplicate, type Language, Mongo } from '@idxcoop/platform';
import { Outbox } from '@idxcoop/messaging';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { type Day, vintageOf } from '../progress/day';
import { ProgressReader } from '../progress/progress-reader';
import { progressRecorded, Snapshot, snapshotOf, snapshotView } from '../snapshot/snapshot.schema';
import type { Target } from '../target/target.schema';

/** Keeps what is known of a day, and says so. */
@Injectable()
export class TakeSnapshotHandler {
  constructor(
    @InjectModel(Snapshot.name) private readonly snapshots: Model<Snapshot>,
    private readonly reader: ProgressReader,
    private readonly outbox: Outbox,
    private readonly mongo: Mongo,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  /** On demand: of a day, by default today, as known now. */
  async execute(key: string, asOf: Day | undefined, language: Language) {
    const progress = await this.reader.read(await this.reader.target(key), { asOf }, language);
    const snapshot = snapshotOf(progress, 'on_demand', this.clock.now());
    return this.mongo.transaction(async (session) => {
      const answer = snapshotView(snapshot);
      await this.keep(snapshot, session);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  /** The publication of a day: what was known just before it, however late this runs. A second one changes nothing. */
  async nightly(target: Target, asOf: Day): Promise<void> {
    const vintage = { asOf, knownAt: vintageOf(asOf, target.timeZone).toISOString() };
    const progress = await this.reader.read(target, vintage, 'id');
    const snapshot = snapshotOf(progress, 'nightly', this.clock.now());
    await this.mongo
      .transaction((session) => this.keep(snapshot, session))
      .catch((error: unknown) => {
        if (!isDuplicate(error, 'one_nightly_snapshot_per_day')) throw error;
      });
  }

  private async keep(snapshot: Snapshot, session: ClientSession): Promise<void> {
    const aggregate = { id: snapshot._id, sequence: snapshot.sequence };
    await this.outbox.add(aggregate, progressRecorded(snapshot), session);
    await this.snapshots.create([{ ...snapshot, sequence: aggregate.sequence }], { session });
  }
}
