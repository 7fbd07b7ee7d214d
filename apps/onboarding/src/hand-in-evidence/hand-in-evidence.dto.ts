import { IsIn, IsOptional, Matches } from 'class-validator';
import { SHOWN_BY_EVIDENCE } from '../evidence/evidence.schema';
import type { RequirementKey } from '../requirement/keys';

/** The fields of the form beside the file. */
export class EvidenceDto {
  @IsIn(SHOWN_BY_EVIDENCE) requirement!: RequirementKey;
  /** The book year, of the annual meeting. */
  @IsOptional() @Matches(/^\d{4}$/) period?: string;
  /** The last day on which the document holds. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) expiresOn?: string;
}
