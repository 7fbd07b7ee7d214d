import type { ReviewOffice } from '@idxcoop/contracts';
import type { WorkingTime } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { Office } from './office';
import * as clock from './review-clock';

export const REVIEW_STATES = ['open', 'approved', 'rejected', 'withdrawn'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Why an application was rejected. The note is for the applicant and never leaves this service in an event. */
export interface Reason {
  requirement: string;
  code: string;
  note?: string;
}

/** An office let its deadline pass, and the next one got the case. */
export interface Escalation {
  at: Date;
  from: ReviewOffice;
  to: ReviewOffice;
  /** The deadline that passed. */
  missedAt: Date;
}

/** The term of an office. */
type Term = Pick<clock.ReviewClock, 'rules' | 'workingDays'>;

const RUN = { _id: false, from: Date, to: Date };

/** An application or a claim that waits for an officer of the office whose turn it is. */
@Schema({ collection: 'review_cases', versionKey: false })
export class ReviewCase {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  /** Counts the events of this case. */
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) kind!: 'application' | 'claim';
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String }) claimId?: string;
  @Prop({ type: String, required: true }) regionCode!: string;
  @Prop({ type: String, enum: REVIEW_STATES, default: 'open' }) state!: ReviewState;
  @Prop({ type: Date, required: true }) openedAt!: Date;
  /** Whose turn it is; only those whose territory covers it see the case. */
  @Prop({ type: { _id: false, level: String, code: String }, required: true }) office!: Office;
  @Prop({ type: { _id: false, rules: String, workingDays: Number, runs: [RUN] }, required: true })
  clock!: clock.ReviewClock;
  /** Absent while the clock stands. */
  @Prop({ type: Date }) dueAt?: Date;
  /** Set while an answer of the applicant is awaited. */
  @Prop({ type: Date }) pausedAt?: Date;
  /** The mark of the work calendar that the deadline was computed with. */
  @Prop({ type: String, required: true }) calendar!: string;
  @Prop({ type: [{ _id: false, at: Date, from: String, to: String, missedAt: Date }] }) escalations!: Escalation[];
  @Prop({ type: String }) assignedTo?: string;
  /** When somebody is to be looked for: nobody was there, or the assignee's leave begins. */
  @Prop({ type: Date }) seekAt?: Date;
  @Prop({ type: Date }) decidedAt?: Date;
  @Prop({ type: String }) decidedBy?: string;
  @Prop({ type: [{ _id: false, requirement: String, code: String, note: String }] }) reasons!: Reason[];

  /** An office gets the case, with a clock of its own. */
  begin(office: Office, term: Term, at: Date, time: WorkingTime): void {
    this.office = office;
    this.clock = clock.started(term, at, time);
    this.dueAt = clock.dueOf(this.clock, time) ?? undefined;
  }

  /** The clock stands until the applicant has answered. */
  pause(at: Date): void {
    this.clock = clock.paused(this.clock, at);
    this.pausedAt = at;
    this.dueAt = undefined;
  }

  /** It goes on where it stood. */
  resume(at: Date, time: WorkingTime): void {
    this.clock = clock.resumed(this.clock, at, time);
    this.pausedAt = undefined;
    this.dueAt = clock.dueOf(this.clock, time) ?? undefined;
  }

  /** The next office gets it, once: whether there was something to escalate. */
  escalate(next: Office, term: Term, at: Date, time: WorkingTime): boolean {
    if (this.state !== 'open' || !this.dueAt || this.dueAt > at) return false;
    const escalation = { at, from: this.office.level, to: next.level, missedAt: this.dueAt };
    this.begin(next, term, at, time);
    this.escalations.push(escalation);
    return true;
  }

  /** Counts anew by another calendar; the deadline before, where it moved. */
  reschedule(at: Date, time: WorkingTime): Date | null {
    const computed = clock.dueOf(this.clock, time);
    const before = this.dueAt;
    if (!before || !computed) return null;
    this.dueAt = clock.moved(before, computed, at);
    return this.dueAt.getTime() === before.getTime() ? null : before;
  }
}

export type ReviewCaseDocument = HydratedDocument<ReviewCase>;
export const ReviewCaseSchema = SchemaFactory.createForClass(ReviewCase);
ReviewCaseSchema.loadClass(ReviewCase);
ReviewCaseSchema.index({ state: 1, regionCode: 1, openedAt: 1 });
// The order of the list.
ReviewCaseSchema.index({ state: 1, openedAt: 1, _id: 1 });
ReviewCaseSchema.index({ cooperativeId: 1, openedAt: 1 });
ReviewCaseSchema.index({ state: 1, assignedTo: 1 });
ReviewCaseSchema.index({ state: 1, dueAt: 1 });
ReviewCaseSchema.index({ seekAt: 1 }, { sparse: true });

/** The condition that a region lies in a territory; `ID` is the nation, and nothing covers nothing. */
export function within(territory: string, field = 'regionCode'): Record<string, unknown> {
  if (territory === 'ID') return {};
  return { [field]: { $gte: territory, $lt: `${territory}/` } };
}
