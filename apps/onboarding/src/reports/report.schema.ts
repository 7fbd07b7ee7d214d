import { event, REPORT_KINDS, type ReportKind, ReportReceivedV1 } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import { alreadyDecided } from '../problems.templates';

export const REPORT_STATES = ['open', 'closed'] as const;
export type ReportState = (typeof REPORT_STATES)[number];
export const REPORT_OUTCOMES = ['confirmed', 'unfounded'] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

/** How a report ended, and why, as a stable code. */
export interface Closing {
  outcome: ReportOutcome;
  reason: string;
}

/** Somebody says that a cooperative or a sender is false. What they wrote, and who they are, is in `report_words`. */
@Schema({ collection: 'reports', versionKey: false })
export class Report {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, enum: REPORT_KINDS, required: true }) kind!: ReportKind;
  @Prop({ type: String }) cooperativeId?: string;
  /** Of the cooperative that is named: its office hears of it; the ministry hears of all. */
  @Prop({ type: String }) regionCode?: string;
  @Prop({ type: String, enum: REPORT_STATES, default: 'open' }) state!: ReportState;
  @Prop({ type: Date, required: true }) receivedAt!: Date;
  @Prop({ type: String, enum: REPORT_OUTCOMES }) outcome?: ReportOutcome;
  @Prop({ type: String }) reason?: string;
  @Prop({ type: Date }) closedAt?: Date;
  @Prop({ type: String }) closedBy?: string;

  received(): ReportReceivedV1 {
    const { _id: reportId, kind, cooperativeId, regionCode } = this;
    const at = this.receivedAt.toISOString();
    const about = { ...(cooperativeId && { cooperativeId }), ...(regionCode && { regionCode }) };
    return event(ReportReceivedV1, { reportId, kind, ...about, effectiveOn: at, knownAt: at });
  }

  /** Ends it, once. */
  close({ outcome, reason }: Closing, by: string, at: Date): void {
    if (this.state !== 'open') throw alreadyDecided({ state: this.state });
    this.state = 'closed';
    this.outcome = outcome;
    this.reason = reason;
    this.closedAt = at;
    this.closedBy = by;
  }
}

export type ReportDocument = HydratedDocument<Report>;
export const ReportSchema = SchemaFactory.createForClass(Report);
ReportSchema.loadClass(Report);
ReportSchema.index({ state: 1, _id: 1 });
ReportSchema.index({ regionCode: 1, _id: 1 }, { sparse: true });
ReportSchema.index({ cooperativeId: 1 }, { sparse: true });

/** What a reporter wrote and how to reach them, encrypted, under the id of the report; the database deletes it. */
@Schema({ collection: 'report_words', versionKey: false })
export class ReportWords {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) text!: string;
  @Prop({ type: String }) contact?: string;
  @Prop({ type: Date, required: true }) deleteAt!: Date;
}
export const ReportWordsSchema = SchemaFactory.createForClass(ReportWords);
ReportWordsSchema.index({ deleteAt: 1 }, { expireAfterSeconds: 0 });

const DAY_MS = 86_400_000;

/** The words of a report that nobody closes. */
export const WORDS_KEPT_MS = 365 * DAY_MS;

/** The words of a closed report: for questions about how it ended. */
export const WORDS_KEPT_CLOSED_MS = 30 * DAY_MS;

export const REPORT_MODELS = [
  { name: Report.name, schema: ReportSchema },
  { name: ReportWords.name, schema: ReportWordsSchema },
];
