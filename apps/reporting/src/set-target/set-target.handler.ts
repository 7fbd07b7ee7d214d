import {
  Clock,
  fieldError,
  IdempotencyKeys,
  isDuplicate,
  Jobs,
  type Language,
  Mongo,
  refusal,
  Regions,
} from '@idxcoop/platform';
import { Outbox } from '@idxcoop/messaging';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Indicators } from '../indicator/indicators';
import { FIELD, targetExists } from '../problems.templates';
import { dayIn } from '../progress/day';
import { plansKnown } from '../target/plan';
import { planErrors } from '../target/plan-errors';
import { MILESTONES_QUEUE, newTarget, Target, targetSet } from '../target/target.schema';
import { targetResource } from '../target/target-view';
import type { SetTargetDto } from './set-target.dto';

/** Records a target with its first plan. */
@Injectable()
export class SetTargetHandler {
  constructor(
    @InjectModel(Target.name) private readonly targets: Model<Target>,
    private readonly indicators: Indicators,
    private readonly regions: Regions,
    private readonly outbox: Outbox,
    private readonly mongo: Mongo,
    private readonly idempotency: IdempotencyKeys,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async execute(input: SetTargetDto, language: Language) {
    const now = this.clock.now();
    const indicator = await this.indicators.latest(input.indicator);
    const plan = planOf(input, dayIn(input.timeZone, now));
    const errors = planErrors(plan, input.indicator, this.regions);
    if (!indicator) errors.unshift(fieldError('/indicator', 'unknown_indicator', FIELD.unknown_indicator));
    if (!indicator || errors.length > 0) throw refusal(errors);
    const { key, timeZone } = input;
    const name = { key: indicator.key, version: indicator.version };
    return this.mongo
      .transaction(async (session) => {
        const target = newTarget({ key, timeZone, indicator: name, plan }, now);
        const [first] = plansKnown(target.plans, now);
        const aggregate = { id: target._id, sequence: target.sequence };
        await this.outbox.add(aggregate, targetSet(target, first), session);
        await this.targets.create([{ ...target, sequence: aggregate.sequence }], { session });
        const answer = targetResource(target, indicator, language, now);
        await this.idempotency.record(answer, session);
        this.mongo.afterCommit(
          session,
          () => void this.jobs.wake(MILESTONES_QUEUE, { id: `target-${target._id}`, data: {} }),
        );
        return answer;
      })
      .catch((error: unknown) => {
        throw isDuplicate(error) ? targetExists() : error;
      });
  }
}

function planOf(input: SetTargetDto, today: string) {
  return {
    name: input.name,
    value: input.value,
    deadline: input.deadline,
    baseline: input.baseline ? { value: input.baseline.value, date: input.baseline.date } : null,
    owner: input.owner ?? null,
    eligible: input.eligible ?? null,
    areas: input.areas ?? null,
    milestones: input.milestones ? [...input.milestones].sort((a, b) => a - b) : null,
    paused: false,
    since: input.effectiveFrom ?? today,
  };
}
