import { type CalendarVersion, Clock, DECREES_OF_2020, type Language, notFound, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Fact } from '../fact/fact.schema';
import { Indicators } from '../indicator/indicators';
import { isRebaselined, type Plan, planInForce } from '../target/plan';
import { Target } from '../target/target.schema';
import { targetView } from '../target/target-view';
import { calendarVersion, WorkCalendar } from '../work-calendar/work-calendar.schema';
import { figuresByArea, reachableProvinces } from './areas';
import { publicationOf, vintageOf } from './day';
import type { History } from './history';
import { progressOf } from './progress';
import { revisionReason } from './progress.templates';
import { type Question, questionOf } from './question';
import { Series } from './series';

const LATE_MS = 24 * 3_600_000;

/** The answer of `GET /v1/targets/:key/progress`, field by field as interface.md says. */
export type ProgressAnswer = Awaited<ReturnType<ProgressReader['read']>>;

/** Computes the progress of a target for a question in both times. */
@Injectable()
export class ProgressReader {
  constructor(
    @InjectModel(Target.name) private readonly targets: Model<Target>,
    @InjectModel(WorkCalendar.name) private readonly calendars: Model<WorkCalendar>,
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
    private readonly series: Series,
    private readonly indicators: Indicators,
    private readonly regions: Regions,
    private readonly clock: Clock,
  ) {}

  /** The target of a key, or 404. */
  async target(key: string): Promise<Target> {
    const target = await this.targets.findOne({ key }).lean();
    if (!target) throw notFound();
    return target;
  }

  async read(target: Target, asked: { asOf?: string; knownAt?: string }, language: Language) {
    const { timeZone } = target;
    const question = questionOf(asked, timeZone, this.clock.now());
    const { asOf, knownAt, provisional } = question;
    const plan = planInForce(target.plans, asOf, knownAt);
    const [known, calendar, late, indicator] = await Promise.all([
      this.series.known(target, plan.areas, asOf, knownAt),
      this.calendar(),
      asked.knownAt === undefined && this.areFactsLate(),
      this.indicators.of(target),
    ]);
    const { history, byProvince, conflicts, silent } = known;
    const rebaselined = isRebaselined(plan, asOf, knownAt, timeZone);
    const figures = progressOf(
      { plan, asOf, knownAt, history, calendar, rebaselined, stale: late || silent },
      language,
    );
    const { actual, remaining, progressPercent, coverage, milestones, ...judged } = figures;
    const byArea = byProvince ? figuresByArea(byProvince, asOf, this.regions) : [];
    return {
      target: targetView(target, plan, indicator, language),
      asOf,
      knownAt: knownAt.toISOString(),
      actual,
      remaining,
      progressPercent,
      areasReached: byProvince && { provinces: byArea.length, of: reachableProvinces(plan.areas, asOf, this.regions) },
      coverage,
      ...judged,
      byArea,
      milestones,
      plan: { version: plan.version, since: plan.since, reason: plan.reason },
      provisional,
      revision: await this.revision(target, plan, question, history, language),
      ...(conflicts.length > 0 ? { conflicts } : {}),
    };
  }

  /** How the figure differs from what was, or would have been, published for the day. */
  private async revision(
    target: Target,
    plan: Plan,
    { asOf, knownAt }: Question,
    history: History,
    language: Language,
  ) {
    if (knownAt < publicationOf(asOf, target.timeZone)) return null;
    const vintage = await this.series.known(target, plan.areas, asOf, vintageOf(asOf, target.timeZone));
    const firstPublished = vintage.history.levelOn(asOf);
    const { late, withdrawn } = history.revisedSince(vintage.history, asOf);
    if (history.levelOn(asOf) === firstPublished) return null;
    return { firstPublished, delta: late - withdrawn, reason: revisionReason({ late, withdrawn }, language) };
  }

  private async calendar(): Promise<CalendarVersion[]> {
    const stored = await this.calendars.find().lean();
    return [...DECREES_OF_2020, ...stored.map(calendarVersion)];
  }

  /** Facts that arrived more than a day ago and are in no count yet. */
  private async areFactsLate(): Promise<boolean> {
    const oldest = new Date(Date.now() - LATE_MS);
    return (await this.facts.exists({ pending: true, recordedAt: { $lt: oldest } })) !== null;
  }
}
