import { type Channel, COOPERATIVE_TYPES } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Language } from '../message/message.schema';

/** The registrations of a cooperative that one may choose by. */
export const CHOOSABLE_REGISTRATIONS = ['draft', 'submitted', 'in_review', 'verified'] as const;

/** Who is meant; all that is given holds together, and nothing means everybody who agreed. */
export interface CampaignAudience {
  regions?: string[];
  types?: (typeof COOPERATIVE_TYPES)[number][];
  registrations?: (typeof CHOOSABLE_REGISTRATIONS)[number][];
}

export interface CampaignText {
  headline: string;
  text: string;
}

/** counting → ready → running ⇄ paused → completed; or cancelled. */
export const CAMPAIGN_STATES = ['counting', 'ready', 'running', 'paused', 'completed', 'cancelled'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** How many people it would reach, each on the first channel that fits. */
export interface CampaignCount {
  people: number;
  byChannel: Partial<Record<Channel, number>>;
}

/**
 * An announcement of the ministry to many. Its people are asked of onboarding page by page; `cursor` is where the next page
 * begins, and moves in one transaction with the messages of the page before. Each message has the campaign as its cause.
 */
@Schema({ collection: 'campaigns', versionKey: false, minimize: false })
export class Campaign {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) createdBy!: string;
  @Prop({ type: Object, required: true }) texts!: Partial<Record<Language, CampaignText>>;
  @Prop({ type: Object, required: true }) audience!: CampaignAudience;
  @Prop({ type: [String], required: true }) channels!: Channel[];
  @Prop({ type: String, required: true }) state!: CampaignState;
  /** Raised by each step and change, so that of two who act on the same one only one does. */
  @Prop({ type: Number, default: 0 }) version!: number;
  @Prop({ type: Object, required: true }) count!: CampaignCount;
  @Prop({ type: String }) cursor?: string;
  /** Everybody is planned; what is left is delivery. */
  @Prop({ type: Boolean, default: false }) isPlanned!: boolean;
  @Prop({ type: Number, default: 0 }) planned!: number;
  @Prop({ type: Date }) dueAt?: Date;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: Date }) startedAt?: Date;
  @Prop({ type: Date }) endedAt?: Date;
}

export const CampaignSchema = SchemaFactory.createForClass(Campaign);
CampaignSchema.index({ dueAt: 1 }, { name: 'due', sparse: true });
