import {
  type Channel,
  event,
  type PrivacyRequestKind,
  PRIVACY_REQUEST_KINDS,
  PrivacyRequestAnsweredV1,
  PrivacyRequestReceivedV1,
} from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { Purpose } from '../people/consent.schema';
import type { ContactPoint, Person } from '../people/person.schema';

export const PRIVACY_STATES = ['open', 'fulfilled', 'refused', 'lifted'] as const;
export type PrivacyState = (typeof PRIVACY_STATES)[number];

/** How somebody made sure that it is the person who asks. */
export const IDENTITY_CHECKS = ['status_token', 'identity_document', 'in_person', 'call_back'] as const;
export type IdentityCheck = (typeof IDENTITY_CHECKS)[number];

/** So long the link to a copy holds. */
export const COPY_LIFETIME_MS = 24 * 3_600_000;

/** The purpose under which the tokens of copies are derived. */
export const COPY = 'privacy-copy';

/** What a person asks about their own data. It names the person by id only. */
@Schema({ collection: 'privacy_requests', versionKey: false })
export class PrivacyRequest {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, enum: PRIVACY_REQUEST_KINDS, required: true }) kind!: PrivacyRequestKind;
  @Prop({ type: String, required: true }) personId!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String, enum: PRIVACY_STATES, default: 'open' }) state!: PrivacyState;
  /** `person`, or the subject of the privacy officer who asks on their behalf. */
  @Prop({ type: String, required: true }) askedBy!: string;
  @Prop({ type: { _id: false, check: String, by: String, at: Date } }) identity?: {
    check: IdentityCheck;
    by: string;
    at: Date;
  };
  @Prop({ type: Date, required: true }) receivedAt!: Date;
  @Prop({ type: Date, required: true }) dueAt!: Date;
  /** The version of the rules that the due time was taken from. */
  @Prop({ type: String, required: true }) clock!: string;
  /** Of a withdrawal of consent. */
  @Prop({ type: [String], default: undefined }) purposes?: Purpose[];
  @Prop({ type: [String], default: undefined }) channels?: Channel[];
  /** Of a correction: what is right, encrypted, until it is decided. */
  @Prop({ type: String }) changes?: string;
  @Prop({ type: Date }) decidedAt?: Date;
  @Prop({ type: String }) decidedBy?: string;
  @Prop({ type: String }) reasonCode?: string;
  /** Of an access: until when the link holds, and when the copy was handed out, once. */
  @Prop({ type: Date }) copyUntil?: Date;
  @Prop({ type: Date }) handedOutAt?: Date;

  /** It is decided; nothing personal stays in it. */
  decide(state: Exclude<PrivacyState, 'open'>, by: string, at: Date, reasonCode?: string): void {
    this.state = state;
    this.decidedAt = at;
    this.decidedBy = by;
    this.reasonCode = reasonCode;
    this.changes = undefined;
    if (this.kind === 'access' && state === 'fulfilled') this.copyUntil = new Date(at.getTime() + COPY_LIFETIME_MS);
  }

  isOverdue(at: Date): boolean {
    return this.state === 'open' && this.dueAt < at;
  }

  received(person: Person, contact: ContactPoint, at: Date): PrivacyRequestReceivedV1 {
    return event(PrivacyRequestReceivedV1, this.fact(person, contact, at));
  }

  answered(person: Person, contact: ContactPoint, at: Date): PrivacyRequestAnsweredV1 {
    const outcome = this.state === 'open' ? 'refused' : this.state;
    return event(PrivacyRequestAnsweredV1, { ...this.fact(person, contact, at), outcome });
  }

  private fact({ language }: Person, { _id: contactId, channel }: ContactPoint, at: Date) {
    const { _id: requestId, cooperativeId, kind } = this;
    const dated = { effectiveOn: at.toISOString(), knownAt: at.toISOString() };
    return { requestId, cooperativeId, kind, dueAt: this.dueAt.toISOString(), contactId, channel, language, ...dated };
  }
}

export type PrivacyRequestDocument = HydratedDocument<PrivacyRequest>;
export const PrivacyRequestSchema = SchemaFactory.createForClass(PrivacyRequest);
PrivacyRequestSchema.loadClass(PrivacyRequest);
PrivacyRequestSchema.index({ state: 1, dueAt: 1 });
PrivacyRequestSchema.index({ personId: 1 });
PrivacyRequestSchema.index({ dueAt: 1, _id: 1 });

/** How a request is answered. */
export function viewRequest(found: PrivacyRequest, now: Date) {
  return {
    id: found._id,
    kind: found.kind,
    state: found.state,
    personId: found.personId,
    cooperativeId: found.cooperativeId,
    askedBy: found.askedBy,
    identity: found.identity ? { check: found.identity.check, at: found.identity.at.toISOString() } : null,
    purposes: found.purposes ?? null,
    channels: found.channels ?? null,
    receivedAt: found.receivedAt.toISOString(),
    dueAt: found.dueAt.toISOString(),
    overdue: found.state === 'open' && found.dueAt < now,
    clock: found.clock,
    decidedAt: found.decidedAt?.toISOString() ?? null,
    reasonCode: found.reasonCode ?? null,
    copyUntil: found.copyUntil?.toISOString() ?? null,
    handedOutAt: found.handedOutAt?.toISOString() ?? null,
  };
}
