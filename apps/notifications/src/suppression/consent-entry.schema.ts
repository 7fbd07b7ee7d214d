import type { Channel } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** What a person can say yes or no to, beside the codes that they ask for. */
export const CHOICES = ['service', 'announcements', 'digests'] as const;
export type Choice = (typeof CHOICES)[number];

/** How a decision came to us. */
export const WAYS = [
  'preferences_page',
  'one_click',
  'stop_word',
  'bounce',
  'complaint',
  'provider',
  'officer',
  'operations',
] as const;
export type Way = (typeof WAYS)[number];

/** Why somebody in office lifted what stood in the way of messages. */
export const LIFT_REASONS = ['address_works', 'provider_mistake', 'wrong_person', 'person_asked'] as const;
export type LiftReason = (typeof LIFT_REASONS)[number];

/** The words that a person saw when they decided. */
export interface Wording {
  version: string;
  /** SHA-256 of the text, in hex. */
  hash: string;
}

/**
 * The ledger of what was decided here about messages: entries are added, never changed or removed. What people agreed to when
 * they signed up stands in onboarding's. It outlives the person, so it names ids and keyed hashes only.
 */
@Schema({ collection: 'consent_entries', versionKey: false })
export class ConsentEntry {
  @Prop({ type: String, required: true }) _id!: string;
  /** Ids and address hashes that the decision was made for. */
  @Prop({ type: [String], required: true }) subjects!: string[];
  @Prop({ type: String, enum: CHOICES, required: true }) purpose!: Choice;
  /** Absent where it holds for all of an official's channels. */
  @Prop({ type: String }) channel?: Channel;
  @Prop({ type: String, enum: ['given', 'withdrawn'], required: true }) decision!: 'given' | 'withdrawn';
  @Prop({ type: String, enum: WAYS, required: true }) how!: Way;
  /** As in the suppression: `unsubscribed`, or the code of a provider. */
  @Prop({ type: String, required: true }) reason!: string;
  /** Of what was lifted by hand: why, and by the subject of whose token. */
  @Prop({ type: String }) because?: LiftReason;
  @Prop({ type: String }) by?: string;
  @Prop({ type: String }) wordingVersion?: string;
  @Prop({ type: String }) wordingHash?: string;
  @Prop({ type: Date, required: true }) at!: Date;
}

export const ConsentEntrySchema = SchemaFactory.createForClass(ConsentEntry);
ConsentEntrySchema.index({ subjects: 1 }, { name: 'of_subject' });
