import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** What a key may be for. */
export const SCOPES = ['webhooks', 'listings'] as const;
export type Scope = (typeof SCOPES)[number];

/** A provider of applications for cooperatives, or another organisation whose programmes listen to us. */
@Schema({ collection: 'partners', versionKey: false })
export class Partner {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) website!: string;
  @Prop({ type: Date, required: true }) createdAt!: Date;
}
export const PartnerSchema = SchemaFactory.createForClass(Partner);

/** A key of a partner's programme. Only its SHA-256 is kept: 256 random bits need no more. */
@Schema({ collection: 'api_keys', versionKey: false })
export class ApiKey {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) partnerId!: string;
  @Prop({ type: String, required: true }) label!: string;
  @Prop({ type: String, required: true }) hash!: string;
  /** Its beginning, by which people know it again. */
  @Prop({ type: String, required: true }) prefix!: string;
  @Prop({ type: [String], enum: SCOPES }) scopes!: Scope[];
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: String, required: true }) createdBy!: string;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
  @Prop({ type: Date }) lastUsedAt?: Date;
  @Prop({ type: Date }) revokedAt?: Date;
}
export const ApiKeySchema = SchemaFactory.createForClass(ApiKey);
ApiKeySchema.index({ hash: 1 }, { name: 'one_key_per_hash', unique: true });
ApiKeySchema.index({ partnerId: 1 });
