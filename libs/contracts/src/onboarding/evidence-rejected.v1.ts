import { ArrayMaxSize, ArrayMinSize, IsArray, IsString } from 'class-validator';
import { EvidenceFact } from './evidence-fact';

/** An officer did not accept a document, or it ran out: by `system` with the code `expired`. */
export class EvidenceRejectedV1 extends EvidenceFact {
  static readonly event = 'onboarding.evidence.rejected.v1';
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @IsString({ each: true }) reasonCodes!: string[];
}
