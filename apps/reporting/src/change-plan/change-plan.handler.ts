import {
  Clock,
  fieldError,
  Jobs,
  type Language,
  Mongo,
  notFound,
  preconditionFailed,
  refusal,
  Regions,
  requireMatch,
} from '@idxcoop/platform';
import { Outbox } from '@idxcoop/messaging';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Indicators } from '../indicator/indicators';
import { FIELD } from '../problems.templates';
import { dayIn } from '../progress/day';
import { type Plan, planInForce, plansKnown } from '../target/plan';
import { planErrors } from '../target/plan-errors';
import { MILESTONES_QUEUE, Target, targetSet } from '../target/target.schema';
import { targetResource } from '../target/target-view';
import type { ChangePlanDto } from './change-plan.dto';

/** Adds a plan to a target; the old one stays in force for the days before, and one that is dated later from its own day on. */
@Injectable()
export class ChangePlanHandler {
  constructor(
    @InjectModel(Target.name) private readonly targets: Model<Target>,
    private readonly indicators: Indicators,
    private readonly regions: Regions,
    private readonly outbox: Outbox,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async execute(key: string, input: ChangePlanDto, ifMatch: string | undefined, language: Language) {
    const now = this.clock.now();
    const target = await this.mongo.transaction(async (session) => {
      const stored = await this.targets.findOne({ key }).session(session).lean();
      if (!stored) throw notFound();
      requireMatch(ifMatch, stored.plans.length);
      const plan = this.next(stored, input, now);
      const changed = { ...stored, plans: [...stored.plans, plan] };
      const aggregate = { id: stored._id, sequence: stored.sequence };
      await this.outbox.add(aggregate, targetSet(stored, plan), session);
      const { modifiedCount } = await this.targets.updateOne(
        { _id: stored._id, sequence: stored.sequence },
        { $set: { sequence: aggregate.sequence }, $push: { plans: plan } },
        { session },
      );
      if (modifiedCount === 0) throw preconditionFailed();
      this.mongo.afterCommit(
        session,
        () => void this.jobs.wake(MILESTONES_QUEUE, { id: `target-${stored._id}-${plan.version}`, data: {} }),
      );
      return changed;
    });
    const resource = targetResource(target, await this.indicators.of(target), language, now);
    return { resource, version: target.plans.length };
  }

  private next(target: Target, { reason, effectiveFrom, ...change }: ChangePlanDto, now: Date): Plan {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) throw refusal([fieldError('', 'nothing_changes', FIELD.nothing_changes)]);
    const since = effectiveFrom ?? dayIn(target.timeZone, now);
    const plan: Plan = {
      ...planInForce(target.plans, since, now),
      ...given,
      version: target.plans.length + 1,
      since,
      knownAt: now,
      reason,
      stated: Object.keys(given),
    };
    if (plan.baseline) plan.baseline = { value: plan.baseline.value, date: plan.baseline.date };
    // What it changes goes on into the plans that are dated later, and these have to hold too.
    const later = plansKnown([...target.plans, plan], now).filter((other) => other.version > 1 && other.since > since);
    for (const changed of [plan, ...later]) {
      const errors = planErrors(changed, target.indicator.key, this.regions);
      if (errors.length > 0) throw refusal(errors);
    }
    return plan;
  }
}
