import type { Channel } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const PURPOSES = ['service', 'announcements'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The ledger of consents and of their withdrawals: entries are added, never changed, and hold no personal data but the person's id. */
@Schema({ collection: 'consents', versionKey: false })
export class Consent {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) personId!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  /** The version of the text that was agreed to … */
  @Prop({ type: String, required: true }) version!: string;
  /** … and the SHA-256 of its words as they were shown, where the place that showed them says so. */
  @Prop({ type: String }) textHash?: string;
  /** What was agreed to earlier ends for these purposes and channels. */
  @Prop({ type: Boolean }) withdrawn?: boolean;
  @Prop({ type: [String] }) purposes!: Purpose[];
  @Prop({ type: [String] }) channels!: Channel[];
  @Prop({ type: String, required: true }) source!: 'form' | 'import' | 'preferences' | 'privacy_request';
  @Prop({ type: String }) importId?: string;
  /** The day or instant of the agreement itself. */
  @Prop({ type: String, required: true }) givenOn!: string;
  @Prop({ type: Date, required: true }) recordedAt!: Date;
}

export const ConsentSchema = SchemaFactory.createForClass(Consent);
ConsentSchema.index({ personId: 1 });
ConsentSchema.index({ importId: 1 }, { sparse: true });
