import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { WebsiteState } from './standing';

/** What one look at a website found. */
export interface Finding {
  target: string;
  finalUrl?: string;
  status?: number;
  checkedAt: Date;
  isUp: boolean;
  reason?: string;
  redirects?: number;
  /** SHA-256 of what was read, in hex. */
  digest?: string;
}

const FINDING = {
  _id: false,
  target: String,
  finalUrl: String,
  status: Number,
  checkedAt: Date,
  isUp: Boolean,
  reason: String,
  redirects: Number,
  digest: String,
};
/** So many looks are kept with it: more than a year of weekly ones. */
export const KEPT_FINDINGS = 60;

/** The website of a cooperative: what is known of it, and when it is looked at next. */
@Schema({ collection: 'website_watches', versionKey: false })
export class WebsiteWatch {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  /** Counts its facts. */
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String, required: true }) regionCode!: string;
  @Prop({ type: String, required: true }) target!: string;
  @Prop({ type: String, default: 'unknown' }) state!: WebsiteState;
  @Prop({ type: Date }) since?: Date | null;
  @Prop({ type: Number, default: 0 }) failures!: number;
  @Prop({ type: Date }) failingSince?: Date | null;
  @Prop({ type: FINDING }) latest?: Finding;
  @Prop({ type: [FINDING], default: [] }) findings!: Finding[];
  @Prop({ type: Date, required: true }) nextAt!: Date;
  /** Its turn at a host that many share. */
  @Prop({ type: Date }) turnAt?: Date | null;
  /** Of the machine's time. */
  @Prop({ type: Date }) leaseUntil?: Date | null;
}

export type WebsiteWatchDocument = HydratedDocument<WebsiteWatch>;
export const WebsiteWatchSchema = SchemaFactory.createForClass(WebsiteWatch);
WebsiteWatchSchema.index({ cooperativeId: 1 }, { name: 'one_watch_per_cooperative', unique: true });
WebsiteWatchSchema.index({ nextAt: 1 });
WebsiteWatchSchema.index({ state: 1, regionCode: 1 });

/** How it is shown. */
export function viewWatch({
  cooperativeId,
  target,
  state,
  since,
  failures,
  failingSince,
  latest,
  nextAt,
}: WebsiteWatch) {
  return {
    cooperativeId,
    target,
    state,
    since: since?.toISOString() ?? null,
    failures,
    failingSince: failingSince?.toISOString() ?? null,
    latest: latest ? viewFinding(latest) : null,
    nextCheckAt: nextAt.toISOString(),
  };
}

export function viewFinding({ target, finalUrl, status, checkedAt, isUp, reason, redirects, digest }: Finding) {
  return {
    target,
    finalUrl: finalUrl ?? null,
    status: status ?? null,
    checkedAt: checkedAt.toISOString(),
    isUp,
    reason: reason ?? null,
    redirects: redirects ?? 0,
    digest: digest ?? null,
  };
}
