import type { Language } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { revisionReason } from '../progress/progress.templates';
import { Series } from '../progress/series';
import { Snapshot } from '../snapshot/snapshot.schema';
import { planInForce } from '../target/plan';
import type { Target } from '../target/target.schema';

/** Compares what was published each night with what is known of those days at an instant. */
@Injectable()
export class Restatements {
  constructor(
    @InjectModel(Snapshot.name) private readonly snapshots: Model<Snapshot>,
    private readonly series: Series,
  ) {}

  async of(target: Target, knownAt: Date, language: Language) {
    const nightly = { targetKey: target.key, kind: 'nightly' as const, publishedAt: { $lte: knownAt } };
    const published = await this.snapshots.find(nightly, { asOf: 1, actual: 1 }).lean();
    const days = published.sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
    const last = days.at(-1);
    if (!last) return [];
    const { areas } = planInForce(target.plans, last.asOf, knownAt);
    const { history } = await this.series.known(target, areas, last.asOf, knownAt);
    return days.flatMap(({ asOf, actual: firstPublished }) => {
      const actual = history.levelOn(asOf);
      const delta = actual - firstPublished;
      if (delta === 0) return [];
      const reason = revisionReason({ late: Math.max(0, delta), withdrawn: Math.max(0, -delta) }, language);
      return [{ kind: 'figure' as const, asOf, firstPublished, actual, delta, reason }];
    });
  }
}
