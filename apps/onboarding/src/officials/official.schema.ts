import { USER_ROLES, type UserRole } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Channel } from '@idxcoop/contracts';
import type { Language } from '../people/person.schema';

export interface Leave {
  from: string;
  to: string;
}

export interface OfficialContact {
  channel: Channel;
  address: string;
  /** By which the official is found who signs in. */
  addressHash?: string;
}

/** A person in office: escalations, milestones and digests go to them. Others know the office and the id only. */
@Schema({ collection: 'officials', versionKey: false })
export class Official {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) office!: string;
  @Prop({ type: [String], enum: USER_ROLES }) roles!: UserRole[];
  @Prop({ type: String, required: true }) territory!: string;
  @Prop({ type: [{ _id: false, channel: String, address: String, addressHash: String }] }) contacts!: OfficialContact[];
  @Prop({ type: String, default: 'id' }) language!: Language;
  @Prop({ type: [{ _id: false, from: String, to: String }] }) leave!: Leave[];
  @Prop({ type: Date, required: true }) createdAt!: Date;
  /** Counts the changes: the ETag. */
  @Prop({ type: Number, default: 1 }) revision!: number;
}

/** Whether an official is away on a day. */
export function isAwayOn({ leave }: Pick<Official, 'leave'>, day: string): boolean {
  return leave.some(({ from, to }) => from <= day && day <= to);
}

export const OfficialSchema = SchemaFactory.createForClass(Official);
OfficialSchema.index({ roles: 1 });
OfficialSchema.index({ 'contacts.addressHash': 1 });
OfficialSchema.index({ createdAt: 1 });
