import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';

/** Who may be signed in: somebody who speaks for a cooperative, or somebody in office. */
export type SubjectKind = 'cooperative' | 'official';

/** Why a session ended before its time. */
export type SessionEnd = 'signed_out' | 'revoked' | 'token_reused' | 'office_changed' | 'handed_over' | 'subject_gone';

/**
 * Somebody is signed in: one family of refresh tokens, of which only the last one holds. Tokens stand here as keyed hashes; of an
 * access token nothing does.
 */
@Schema({ collection: 'sessions', versionKey: false })
export class Session {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: String, required: true }) kind!: SubjectKind;
  /** The person, or the official. */
  @Prop({ type: String, required: true }) subjectId!: string;
  @Prop({ type: String }) cooperativeId?: string;
  @Prop({ type: String, required: true }) tokenHash!: string;
  /** The token before, and when the present one took its place. */
  @Prop({ type: String }) previousHash?: string;
  @Prop({ type: Date }) rotatedAt?: Date;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: Date, required: true }) lastUsedAt!: Date;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
  @Prop({ type: Date }) endedAt?: Date;
  @Prop({ type: String }) endReason?: SessionEnd;
  /** For the index that forgets it, by the machine's time. */
  @Prop({ type: Date, required: true }) forgetAt!: Date;
}

const DAY_MS = 86_400_000;

/** Without use it ends after so long, and in any case: a phone in the hand of a board member, a computer of an office. */
const LIFETIMES: Readonly<Record<SubjectKind, { idle: number; most: number }>> = {
  cooperative: { idle: 30 * DAY_MS, most: 180 * DAY_MS },
  official: { idle: 3 * DAY_MS, most: 30 * DAY_MS },
};

/** When a session ends that is used now. */
export function sessionExpiry({ kind, createdAt }: Pick<Session, 'kind' | 'createdAt'>, at: Date): Date {
  const { idle, most } = LIFETIMES[kind];
  return new Date(Math.min(at.getTime() + idle, createdAt.getTime() + most));
}

export type SessionDocument = HydratedDocument<Session>;
export const SessionSchema = SchemaFactory.createForClass(Session);
SessionSchema.index({ subjectId: 1, createdAt: 1 });
SessionSchema.index({ cooperativeId: 1 }, { sparse: true });
SessionSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });
