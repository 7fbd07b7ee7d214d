import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A field that was read or written: its name, and where it was written a digest under the person's own key. */
export interface AuditField {
  name: string;
  digest?: string;
}

const FIELD = { _id: false, name: { type: String, required: true }, digest: String };

/**
 * Who did what to whom, and when: ids, names of fields and digests, never values. Entries are added in the transaction of what
 * they tell and never changed; the chain over them is a collection of its own.
 */
@Schema({ collection: 'audit_entries', versionKey: false })
export class AuditEntry {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Date, required: true }) at!: Date;
  @Prop({ type: String, required: true }) action!: string;
  @Prop({ type: String, required: true }) subjectKind!: string;
  @Prop({ type: String, required: true }) subjectId!: string;
  @Prop({ type: String }) personId?: string;
  @Prop({ type: [FIELD] }) fields!: AuditField[];
  @Prop({ type: String, required: true }) by!: string;
  @Prop({ type: String }) reason?: string;
  @Prop({ type: String }) traceId?: string;
  /** Over all of the above, under the server's key: a change shows also before the entry is chained. */
  @Prop({ type: String, required: true }) seal!: string;
}
export const AuditEntrySchema = SchemaFactory.createForClass(AuditEntry);
AuditEntrySchema.index({ at: 1, _id: 1 });
AuditEntrySchema.index({ personId: 1, at: 1 }, { sparse: true });
AuditEntrySchema.index({ subjectId: 1, at: 1 });

/** An entry that the chain has not taken up yet, by the same id; deleted when it has. */
@Schema({ collection: 'audit_unchained', versionKey: false })
export class UnchainedEntry {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Date, required: true }) at!: Date;
}
export const UnchainedEntrySchema = SchemaFactory.createForClass(UnchainedEntry);

/** The place of an entry in the chain. */
@Schema({ collection: 'audit_links', versionKey: false })
export class AuditLink {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Number, required: true }) position!: number;
  @Prop({ type: String, required: true }) entryId!: string;
  @Prop({ type: String, required: true }) previous!: string;
  @Prop({ type: String, required: true }) hash!: string;
  @Prop({ type: Date, required: true }) at!: Date;
}
export const AuditLinkSchema = SchemaFactory.createForClass(AuditLink);
AuditLinkSchema.index({ position: 1 }, { name: 'one_link_per_position', unique: true });
AuditLinkSchema.index({ entryId: 1 }, { name: 'one_link_per_entry', unique: true });

/** Where the chain ends: what is cut off its end is missed. */
@Schema({ collection: 'audit_heads', versionKey: false })
export class AuditHead {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Number, required: true }) position!: number;
  @Prop({ type: String, required: true }) hash!: string;
  @Prop({ type: String, required: true }) seal!: string;
}
export const AuditHeadSchema = SchemaFactory.createForClass(AuditHead);

/** The key under which digests about one person are made, encrypted. An erasure destroys it and leaves the empty row. */
@Schema({ collection: 'audit_keys', versionKey: false })
export class AuditKey {
  /** The id of the person. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String }) key?: string;
  @Prop({ type: Date }) destroyedAt?: Date;
}
export const AuditKeySchema = SchemaFactory.createForClass(AuditKey);

/** The one head of the one chain. */
export const HEAD = 'audit';

export const AUDIT_MODELS = [
  { name: AuditEntry.name, schema: AuditEntrySchema },
  { name: UnchainedEntry.name, schema: UnchainedEntrySchema },
  { name: AuditLink.name, schema: AuditLinkSchema },
  { name: AuditHead.name, schema: AuditHeadSchema },
  { name: AuditKey.name, schema: AuditKeySchema },
];
