import { event, RequirementDueSetV1, RequirementSatisfiedV1 } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { DateTime } from 'luxon';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { assess, dayIn, isAsked, isOpen, type Moment, type RequirementItem } from './assess';
import { factName } from './keys';
import { newRequirement, Requirement, type RequirementDocument } from './requirement.schema';
import { ruleSetOn } from './rules';

/**
 * Tells of due days, each once: when one appears, moves, or is of no matter any more. Nothing is told of a cooperative of which nobody
 * has proved an address: there is nobody to be reminded, and an import of thousands must not set off thousands of messages to offices.
 */
@Injectable()
export class DueDays {
  constructor(
    @InjectModel(Requirement.name) private readonly rows: Model<Requirement>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly outbox: Outbox,
  ) {}

  async tell(
    cooperative: Cooperative,
    rows: readonly RequirementDocument[],
    moment: Moment,
    session: ClientSession,
  ): Promise<void> {
    const isReached = !!cooperative.contactVerifiedAt && isAsked(cooperative);
    await this.markLook(cooperative, isReached, moment, session);
    const items = assess(cooperative, rows, moment);
    const due = isReached
      ? items.filter(({ key, state, dueOn }) => key !== 'verifiedContact' && isOpen(state) && dueOn)
      : [];
    const known = [...rows];
    for (const item of due) await this.tellDue(item, cooperative, known, moment, session);
    for (const row of rows.filter(({ toldDueOn }) => toldDueOn)) {
      if (due.some(({ key, period }) => key === row.key && period === row.period)) continue;
      const item = items.find(({ key, period }) => key === row.key && period === row.period);
      const reason = endOf(cooperative, item);
      const fact = event(RequirementSatisfiedV1, { ...about(row, cooperative, moment), ...(reason && { reason }) });
      await this.outbox.add(row, fact, session);
      row.toldDueOn = undefined;
      await row.save({ session });
    }
  }

  private async tellDue(
    { key, period, dueOn }: RequirementItem,
    cooperative: Cooperative,
    rows: readonly RequirementDocument[],
    moment: Moment,
    session: ClientSession,
  ): Promise<void> {
    const kept = rows.find((row) => row.key === key && row.period === period);
    // A day that had passed before anybody was told of it reminds nobody: it would begin with a complaint to the office.
    const isNews = kept?.toldDueOn ? kept.toldDueOn !== dueOn : (dueOn ?? '') >= dayIn(moment.at, moment.timeZone);
    if (!dueOn || !isNews) return;
    const row = kept ?? new this.rows(newRequirement(cooperative._id, key, period));
    await this.outbox.add(row, event(RequirementDueSetV1, { ...about(row, cooperative, moment), dueOn }), session);
    row.toldDueOn = dueOn;
    await row.save({ session });
  }

  /** First of all, so that of two looks at one moment the second waits for what the first told. */
  private async markLook(cooperative: Cooperative, isReached: boolean, moment: Moment, session: ClientSession) {
    const { at, timeZone } = moment;
    const newYear = DateTime.fromJSDate(at, { zone: timeZone }).plus({ years: 1 }).startOf('year').toJSDate();
    const requirementsRules = ruleSetOn(dayIn(at, timeZone)).version;
    await this.cooperatives.updateOne(
      { _id: cooperative._id },
      {
        $inc: { requirementsRound: 1 },
        $set: { requirementsRules, ...(isReached && { requirementsAt: newYear }) },
        ...(!isReached && { $unset: { requirementsAt: 1 } }),
      },
      { session },
    );
  }
}

function about(row: Requirement, { _id: cooperativeId, regionCode }: Cooperative, { at }: Moment) {
  const requirement = factName(row.key);
  return {
    ...{ requirementId: row._id, cooperativeId, requirement, regionCode },
    effectiveOn: at.toISOString(),
    knownAt: at.toISOString(),
  };
}

/** Why nobody is reminded any more, where it was not simply met. */
function endOf(cooperative: Cooperative, item: RequirementItem | undefined): string | undefined {
  if (!isAsked(cooperative)) {
    const { entity, registration } = cooperative;
    return `cooperative_${entity === 'dissolved' || entity === 'merged' ? entity : registration}`;
  }
  if (!item) return 'not_required';
  return item.state === 'satisfied' ? undefined : item.state;
}
