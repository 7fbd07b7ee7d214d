import {
  EvidenceAcceptedV1,
  EvidenceRejectedV1,
  type EvidenceType,
  EvidenceUploadedV1,
  event,
} from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import { evidenceDecided } from '../problems.templates';
import { REQUIREMENTS, type RequirementKey } from '../requirement/keys';

/** A contact is proved by a code and an application by its parts; everything else may be shown by a document. */
export const SHOWN_BY_EVIDENCE: readonly RequirementKey[] = REQUIREMENTS.filter(
  (key) => key !== 'verifiedContact' && key !== 'application',
);

export const EVIDENCE_STATES = ['uploaded', 'accepted', 'rejected', 'expired'] as const;
export type EvidenceState = (typeof EVIDENCE_STATES)[number];

/** Why a document was not accepted. */
export interface Objection {
  code: string;
  note?: string;
}

/** Where an evidence may go; what is decided is decided. */
export const EVIDENCE_MOVES: Readonly<Record<EvidenceState, readonly EvidenceState[]>> = {
  uploaded: ['accepted', 'rejected'],
  accepted: ['expired'],
  rejected: [],
  expired: [],
};

/** A document that shows that a requirement is met. Its bytes lie elsewhere under the same id; what it was called is not kept. */
@Schema({ collection: 'evidence', versionKey: false })
export class Evidence {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String, required: true }) regionCode!: string;
  @Prop({ type: String, required: true }) requirement!: RequirementKey;
  /** The book year, of a requirement that recurs. */
  @Prop({ type: String }) period?: string;
  @Prop({ type: String, enum: EVIDENCE_STATES, required: true }) state!: EvidenceState;
  @Prop({ type: String, required: true }) mediaType!: EvidenceType;
  @Prop({ type: Number, required: true }) size!: number;
  /** SHA-256 in hex. */
  @Prop({ type: String, required: true }) checksum!: string;
  /** The last day on which it holds. */
  @Prop({ type: String }) expiresOn?: string;
  @Prop({ type: Date, required: true }) uploadedAt!: Date;
  @Prop({ type: String, required: true }) uploadedBy!: string;
  @Prop({ type: Date }) decidedAt?: Date;
  @Prop({ type: String }) decidedBy?: string;
  @Prop({ type: [{ _id: false, code: String, note: String }] }) reasons!: Objection[];

  uploaded(): EvidenceUploadedV1 {
    const { mediaType, size } = this;
    return event(EvidenceUploadedV1, { ...this.fact(this.uploadedAt, this.uploadedBy), mediaType, size });
  }

  accept(by: string, at: Date): EvidenceAcceptedV1 {
    this.moveTo('accepted', by, at);
    return event(EvidenceAcceptedV1, this.fact(at, by));
  }

  reject(reasons: Objection[], by: string, at: Date): EvidenceRejectedV1 {
    this.moveTo('rejected', by, at);
    this.reasons = reasons;
    return this.rejected(by, at);
  }

  /** Its last day has passed: what it showed has to be shown anew. */
  expire(at: Date): EvidenceRejectedV1 {
    this.moveTo('expired', 'system', at);
    this.reasons = [{ code: 'expired' }];
    return this.rejected('system', at);
  }

  private moveTo(state: EvidenceState, by: string, at: Date): void {
    if (!EVIDENCE_MOVES[this.state].includes(state)) throw evidenceDecided({ state: this.state });
    this.state = state;
    this.decidedAt = at;
    this.decidedBy = by;
  }

  private rejected(by: string, at: Date): EvidenceRejectedV1 {
    const reasonCodes = [...new Set(this.reasons.map(({ code }) => code))];
    return event(EvidenceRejectedV1, { ...this.fact(at, by), reasonCodes });
  }

  private fact(at: Date, by: string) {
    const { _id: evidenceId, cooperativeId, regionCode, requirement } = this;
    const when = { effectiveOn: at.toISOString(), knownAt: at.toISOString() };
    return { evidenceId, cooperativeId, regionCode, requirement, by, ...when };
  }
}

export type EvidenceDocument = HydratedDocument<Evidence>;
export const EvidenceSchema = SchemaFactory.createForClass(Evidence);
EvidenceSchema.loadClass(Evidence);
EvidenceSchema.index({ cooperativeId: 1, uploadedAt: 1 });
EvidenceSchema.index({ state: 1, expiresOn: 1 });
