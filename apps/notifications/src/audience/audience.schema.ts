import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Category, CauseDetails, Lane, TemplateKey } from '../message/message.schema';
import type { NotBefore } from '../message/messages';
import type { OfficeLevel } from '../workflow/workflow';

/** Whom onboarding is asked for. */
export type Question =
  | { of: 'cooperative'; id: string }
  | { of: 'official'; id: string }
  /** By role; with a territory those whose own it lies in, of the nearest office or of one level. */
  | { of: 'officials'; id: string; territory?: string; level?: OfficeLevel };

/**
 * A cause whose recipients are not in the fact: onboarding is asked for them by a job, since a consumer does no HTTP. Each
 * of them becomes a message; asking twice gives the same messages.
 */
@Schema({ collection: 'audiences', versionKey: false })
export class Audience {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) cause!: string;
  @Prop({ type: String, required: true }) template!: TemplateKey;
  @Prop({ type: Object, required: true }) question!: Question;
  @Prop({ type: String }) cooperativeId?: string;
  @Prop({ type: Object, default: {} }) details!: CauseDetails;
  @Prop({ type: String, required: true }) workflow!: string;
  @Prop({ type: String, required: true }) category!: Category;
  @Prop({ type: String, required: true }) lane!: Lane;
  @Prop({ type: String }) course?: string;
  /** Its officials get it together with what else they are told of on that morning. */
  @Prop({ type: Boolean }) together?: true;
  @Prop({ type: Object }) notBefore?: NotBefore;
  @Prop({ type: String, required: true }) state!: 'planned' | 'resolved' | 'expired' | 'stopped';
  @Prop({ type: Number, default: 0 }) attempt!: number;
  @Prop({ type: Number }) recipients?: number;
  @Prop({ type: Date }) dueAt?: Date;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
  @Prop({ type: Date, required: true }) plannedAt!: Date;
  @Prop({ type: Object }) error?: object;
}

export const AudienceSchema = SchemaFactory.createForClass(Audience);
AudienceSchema.index({ cause: 1, template: 1 }, { unique: true, name: 'one_audience_per_cause_and_template' });
AudienceSchema.index({ course: 1 }, { name: 'of_course', sparse: true });
AudienceSchema.index({ dueAt: 1 }, { name: 'due', sparse: true });
