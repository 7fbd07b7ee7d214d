import type { Channel } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';

export type Language = 'id' | 'en';
export const LANGUAGES = ['id', 'en'] as const;

/** Who vouched for a contact, and why. */
export interface Vouched {
  at: Date;
  by: string;
  reason: string;
  note?: string;
}

/** An address of a person. `_id` is the contact id that events carry. */
export interface ContactPoint {
  _id: string;
  channel: Channel;
  /** E-mail in lower case, or a number in E.164. */
  address: string;
  addressHash: string;
  consented: boolean;
  verifiedAt?: Date;
  /** An office says that it is theirs; the address itself is not proved, so nothing secret goes there. */
  vouched?: Vouched;
  /** When verifications and status links were sent: the limit per contact, kept where it cannot be wiped. */
  sends: Date[];
  /** Number of status links asked for. */
  statusLinks: number;
}

const POINT = {
  _id: { type: String, required: true },
  channel: { type: String, required: true },
  address: { type: String, required: true },
  addressHash: { type: String, required: true },
  consented: { type: Boolean, default: false },
  verifiedAt: Date,
  vouched: { type: { _id: false, at: Date, by: String, reason: String, note: String }, default: undefined },
  sends: { type: [Date], default: [] },
  statusLinks: { type: Number, default: 0 },
};

/** Whoever speaks for a cooperative: personal data, apart from the cooperative, so that it can be erased alone. */
@Schema({ collection: 'people', versionKey: false })
export class Person {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  /** Set while the person only claims to speak for the cooperative. */
  @Prop({ type: String }) claimId?: string;
  @Prop({ type: String }) importId?: string;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String }) position?: string;
  @Prop({ type: String, enum: LANGUAGES, default: 'id' }) language!: Language;
  @Prop({ type: [POINT] }) contacts!: ContactPoint[];
  @Prop({ type: Date, required: true }) createdAt!: Date;
  /** Since when somebody else speaks for the cooperative; the contacts went with it. */
  @Prop({ type: Date }) formerSince?: Date;
  /** Since when nobody writes to the person nor uses what is held, because they asked for it. */
  @Prop({ type: Date }) restrictedAt?: Date;
}

/** The condition on people whose data may be used: who asked for a restriction is held, and left alone. */
export const IN_USE = { restrictedAt: null };

export type PersonDocument = HydratedDocument<Person>;
export const PersonSchema = SchemaFactory.createForClass(Person);
PersonSchema.index({ cooperativeId: 1 });
PersonSchema.index({ 'contacts._id': 1 });
PersonSchema.index({ 'contacts.addressHash': 1 });
PersonSchema.index({ claimId: 1 }, { sparse: true });
PersonSchema.index({ importId: 1 }, { sparse: true });
