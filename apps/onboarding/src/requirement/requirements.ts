import { Clock, notFound, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { DateTime } from 'luxon';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import type { Reason } from '../review/review-case.schema';
import { assess, isOpen, type Moment, type RequirementItem } from './assess';
import { DueDays } from './due-days';
import type { RequirementKey } from './keys';
import { type Decision, newRequirement, Requirement, type RequirementDocument } from './requirement.schema';

/** Who is asked again has at least so long. */
const GRACE_DAYS = 14;

/** About which requirement, by whom and why. */
export interface Decided {
  by?: string;
  reasons?: readonly Reason[];
  evidenceId?: string;
  /** The book year of one that recurs; by default the one that is most urgent. */
  period?: string;
}

/**
 * What is asked of cooperatives: reads it, keeps what is decided about it, and tells of due days that appear, move or end. Whoever
 * changes a cooperative calls `settle` after its save in the same transaction; what is forgotten, a job finds.
 */
@Injectable()
export class Requirements {
  constructor(
    @InjectModel(Requirement.name) private readonly rows: Model<Requirement>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly dueDays: DueDays,
    private readonly regions: Regions,
    private readonly clock: Clock,
  ) {}

  /** All requirements of a cooperative as they stand now. */
  async of(cooperative: Cooperative, session?: ClientSession): Promise<RequirementItem[]> {
    const about = { cooperativeId: cooperative._id };
    const rows = await this.rows
      .find(about)
      .session(session ?? null)
      .lean<Requirement[]>();
    return assess(cooperative, rows, this.moment(cooperative));
  }

  /** Tells of due days that differ from what was told. */
  async settle(cooperative: Cooperative, session: ClientSession): Promise<void> {
    const rows = await this.rows.find({ cooperativeId: cooperative._id }).session(session);
    await this.dueDays.tell(cooperative, rows, this.moment(cooperative), session);
  }

  /** Asks again for something that was given, or accepted. */
  reopen(id: string, key: RequirementKey, reasons: readonly Reason[], session: ClientSession, more: Decided = {}) {
    return this.decide(id, key, 'reopened', { reasons, ...more }, session);
  }

  /** Evidence was handed in: it waits for an officer, and nobody is reminded. */
  submitted(id: string, key: RequirementKey, evidenceId: string, session: ClientSession, more: Decided = {}) {
    return this.decide(id, key, 'submitted', { evidenceId, ...more }, session);
  }

  /** An officer accepted it. */
  accepted(id: string, key: RequirementKey, evidenceId: string, session: ClientSession, more: Decided = {}) {
    return this.decide(id, key, 'accepted', { evidenceId, ...more }, session);
  }

  /** An officer did not accept it, and says why. */
  rejected(id: string, key: RequirementKey, reasons: readonly Reason[], session: ClientSession, more: Decided = {}) {
    return this.decide(id, key, 'rejected', { reasons, ...more }, session);
  }

  /** An officer asks for it no more. */
  waived(id: string, key: RequirementKey, reasons: readonly Reason[], session: ClientSession, more: Decided = {}) {
    return this.decide(id, key, 'waived', { reasons, ...more }, session);
  }

  /** What had been refused was given anew: it waits for an officer again. The caller settles. */
  async givenAnew(id: string, keys: readonly RequirementKey[], session: ClientSession): Promise<void> {
    const refused = { decision: { $in: ['rejected', 'reopened'] as Decision[] }, key: { $in: [...keys] } };
    const at = this.clock.now();
    for (const row of await this.rows.find({ cooperativeId: id, ...refused }).session(session)) {
      row.decide('submitted', { at });
      await row.save({ session });
    }
  }

  private async decide(
    id: string,
    key: RequirementKey,
    decision: Decision,
    { period, evidenceId, ...about }: Decided,
    session: ClientSession,
  ): Promise<void> {
    const cooperative = await this.cooperatives.findById(id).session(session);
    if (!cooperative) throw notFound();
    const at = this.clock.now();
    const moment = this.moment(cooperative);
    const rows = await this.rows.find({ cooperativeId: id }).session(session);
    const item = choose(assess(cooperative, rows, moment), key, period);
    const place = { key, period: period ?? item?.period ?? '' };
    const row: RequirementDocument =
      rows.find((kept) => kept.key === key && kept.period === place.period) ??
      new this.rows(newRequirement(id, place.key, place.period));
    row.decide(decision, { at, ...about });
    if (evidenceId && !row.evidence.includes(evidenceId)) row.evidence.push(evidenceId);
    const grace = DateTime.fromJSDate(at, { zone: moment.timeZone }).plus({ days: GRACE_DAYS }).toFormat('yyyy-MM-dd');
    if (decision === 'rejected' || decision === 'reopened') row.dueOn = grace;
    await row.save({ session });
    if (decision === 'accepted' && key === 'annualMeeting') await this.hold(cooperative, row.period, at, session);
    await this.settle(cooperative, session);
  }

  /** The report of an annual meeting that was accepted counts for the grade. */
  private async hold(
    cooperative: CooperativeDocument,
    period: string,
    at: Date,
    session: ClientSession,
  ): Promise<void> {
    const bookYear = Number(period);
    const reported = cooperative.annualMeetings ?? [];
    if (!bookYear || reported.some((meeting) => meeting.bookYear === bookYear)) return;
    cooperative.annualMeetings = [...reported, { bookYear, reportedAt: at, source: 'officer' }];
    cooperative.revision += 1;
    await cooperative.save({ session });
  }

  private moment({ regionCode }: Cooperative): Moment {
    return { at: this.clock.now(), timeZone: this.regions.find(regionCode)?.timeZone ?? 'Asia/Jakarta' };
  }
}

/** Of a requirement that recurs: the named period, else the first that is open, else the last. */
export function choose(
  items: readonly RequirementItem[],
  key: RequirementKey,
  period?: string,
): RequirementItem | undefined {
  const found = items.filter((item) => item.key === key);
  if (period !== undefined) return found.find((item) => item.period === period);
  return found.find(({ state }) => isOpen(state)) ?? found.at(-1);
}
