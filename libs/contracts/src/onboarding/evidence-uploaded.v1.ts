import { IsIn, IsInt, Min } from 'class-validator';
import { EvidenceFact } from './evidence-fact';

export const EVIDENCE_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

/** A document was handed in and waits for an officer. */
export class EvidenceUploadedV1 extends EvidenceFact {
  static readonly event = 'onboarding.evidence.uploaded.v1';
  @IsIn(EVIDENCE_TYPES) mediaType!: EvidenceType;
  @IsInt() @Min(1) size!: number;
}
