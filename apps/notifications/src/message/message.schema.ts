import type { Channel } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';

/**
 * planned ⇄ held → sending → sent → delivered → read; or unknown, failed, expired, suppressed. `held` waits for a time and says
 * why; `unknown` is what nobody but the provider can tell.
 */
export const MESSAGE_STATES = [
  'planned',
  'held',
  'sending',
  'unknown',
  'sent',
  'delivered',
  'read',
  'failed',
  'expired',
  'suppressed',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export type Language = 'id' | 'en';
export const TEMPLATE_KEYS = [
  'verification',
  'welcome',
  'status_link',
  'privacy_notice',
  'privacy_copy',
  'sign_in_code',
  'approval',
  'rejection',
  'information_request',
  'case_escalated',
  'milestone',
  'requirement_reminder',
  'requirement_overdue',
  'requirement_escalated',
  'digest',
  'library_suggestions',
  'reactivation',
  'announcement',
  'stopped',
  'started',
  'status_reply',
  'help',
] as const;
export type TemplateKey = (typeof TEMPLATE_KEYS)[number];

/** Authentication needs no consent and no daylight; announcements need consent; the rest belongs to what a person asked for. */
export type Category = 'authentication' | 'transactional' | 'announcement';

/** What goes first: a person waits for `urgent`; `bulk` leaves room for the others. */
export const LANES = ['urgent', 'normal', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/**
 * Who is written to: a contact or an official of onboarding, which alone knows name and address; or whoever wrote to us, by the
 * id of what they wrote.
 */
export type RecipientKind = 'contact' | 'official' | 'inbound';

/** What the fact said that the wording needs; nothing of a person. */
export interface CauseDetails {
  flowId?: string;
  sendNumber?: number;
  reviewCaseId?: string;
  reasonCodes?: string[];
  informationRequestId?: string;
  /** The day on which an office let its deadline pass. */
  missedOn?: string;
  targetKey?: string;
  percent?: number;
  reachedOn?: string;
  actual?: number;
  /** A requirement by its type (`annual_meeting`), the day by which it is due, and how many days that is away: negative once past. */
  requirement?: string;
  dueOn?: string;
  daysLeft?: number;
  /** Of a message that tells of many together: where they are kept; and at its delivery how many of them are still so, by region. */
  bundleId?: string;
  count?: number;
  regions?: RegionCount[];
  /** Of a digest: its period, the day that its figures stand for, and the figures. */
  digestId?: string;
  period?: 'daily' | 'weekly';
  asOf?: string;
  figures?: DigestFigures;
  /** Library items, of which those that are still published at delivery are named. */
  itemIds?: string[];
  /** Of a re-activation: which of its messages this is, the first or the second. */
  round?: number;
  /** Of a request about one's own data: its kind, and how it stands. */
  privacyKind?: string;
  privacyOutcome?: string;
  /** Sent by somebody who wants to see it: it is filled with samples and says that it is a test. */
  isTest?: boolean;
  /** Of an announcement: its own words, by language. */
  headline?: Partial<Record<Language, string>>;
  text?: Partial<Record<Language, string>>;
}

/** What a digest says of a target; the same names as in the fact. */
export interface DigestFigures {
  actual: number;
  target: number;
  /** What was added since the digest before. */
  gained?: number;
  requiredPerWeek?: number;
  daysLeft?: number;
  status?: string;
}

/** How many there are in a regency or city. */
export interface RegionCount {
  name: string;
  count: number;
}

export interface MessageStep {
  state: MessageState;
  at: Date;
  code?: string;
  /** Of `held`: it is not tried before. */
  until?: Date;
}

/** The same person on another channel, who is written to there if this one cannot reach them. */
export interface Alternative {
  recipientId: string;
  channel: Channel;
}

/**
 * One message to one person on one channel for one cause. Its id is the delivery id that providers carry back. `dueAt` is
 * the one time that the machinery looks at: when it may be tried, or when a lease lapses; absent once nothing is left to do.
 */
@Schema({ collection: 'messages', versionKey: false })
export class Message {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) cause!: string;
  @Prop({ type: String, required: true }) template!: TemplateKey;
  @Prop({ type: String, required: true }) channel!: Channel;
  @Prop({ type: String, required: true }) language!: Language;
  @Prop({ type: String, required: true }) recipientKind!: RecipientKind;
  @Prop({ type: String, required: true }) recipientId!: string;
  @Prop({ type: String }) cooperativeId?: string;
  @Prop({ type: Object, default: {} }) details!: CauseDetails;
  @Prop({ type: String, required: true }) workflow!: string;
  @Prop({ type: String, required: true }) category!: Category;
  @Prop({ type: String, required: true }) lane!: Lane;
  /** In order: who takes over where this channel cannot reach the person. */
  @Prop({ type: [Object], default: undefined }) alternatives?: Alternative[];
  /** The long process that it belongs to; stopped there, it is not sent. */
  @Prop({ type: String }) course?: string;

  @Prop({ type: String, required: true }) state!: MessageState;
  /** Why it is in its state, as a stable code. */
  @Prop({ type: String }) code?: string;
  @Prop({ type: [Object], default: [] }) history!: MessageStep[];
  /** Raised by each claim: names the wake-up and spaces the attempts. */
  @Prop({ type: Number, default: 0 }) attempt!: number;
  /** How often the provider refused it for a reason that may pass. */
  @Prop({ type: Number, default: 0 }) refusals!: number;
  @Prop({ type: Date }) dueAt?: Date;
  @Prop({ type: String }) lease?: string;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
  @Prop({ type: Object }) error?: object;

  /** `s***@m***.example`, `+62812****890`. */
  @Prop({ type: String }) maskedAddress?: string;
  @Prop({ type: String }) addressHash?: string;
  @Prop({ type: String }) providerIdHash?: string;
  /** Of sendings that the provider took and then said it did not deliver: what it still says of them is old. */
  @Prop({ type: [String], default: undefined }) abandoned?: string[];

  @Prop({ type: Date, required: true }) plannedAt!: Date;
  /** When its first byte left for the provider: what limits are counted from. */
  @Prop({ type: Date }) leftAt?: Date;
  @Prop({ type: Date }) sentAt?: Date;
  @Prop({ type: Date }) deliveredAt?: Date;
  @Prop({ type: Date }) readAt?: Date;
  @Prop({ type: Date }) failedAt?: Date;
  @Prop({ type: String }) failureCode?: string;
}

export type MessageDocument = HydratedDocument<Message>;
export const MessageSchema = SchemaFactory.createForClass(Message);

MessageSchema.index(
  { recipientId: 1, channel: 1, cause: 1 },
  { unique: true, name: 'one_message_per_person_channel_and_cause' },
);
MessageSchema.index({ dueAt: 1 }, { name: 'due', sparse: true });
MessageSchema.index({ cooperativeId: 1 }, { name: 'of_cooperative', sparse: true });
MessageSchema.index({ cause: 1 }, { name: 'of_cause' });
MessageSchema.index({ state: 1 }, { name: 'in_state' });
MessageSchema.index({ course: 1 }, { name: 'of_course', sparse: true });
MessageSchema.index({ 'details.bundleId': 1 }, { name: 'of_bundle', sparse: true });
MessageSchema.index({ providerIdHash: 1 }, { name: 'by_provider_id', sparse: true });
MessageSchema.index({ leftAt: 1 }, { name: 'left', sparse: true });
MessageSchema.index({ plannedAt: 1 }, { name: 'planned' });
MessageSchema.index(
  { plannedAt: 1, addressHash: 1 },
  { name: 'with_traces', partialFilterExpression: { addressHash: { $exists: true } } },
);
