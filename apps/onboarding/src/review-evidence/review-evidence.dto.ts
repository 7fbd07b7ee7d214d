import { PageQuery } from '@idxcoop/platform';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsUUID, Matches, ValidateNested } from 'class-validator';
import { EVIDENCE_STATES, type EvidenceState, SHOWN_BY_EVIDENCE } from '../evidence/evidence.schema';
import { IsLine } from '../people/contact-details';
import type { RequirementKey } from '../requirement/keys';

export class EvidenceQuery extends PageQuery {
  @IsUUID() cooperativeId!: string;
  @IsOptional() @IsIn(SHOWN_BY_EVIDENCE) requirement?: RequirementKey;
  @IsOptional() @IsIn(EVIDENCE_STATES) state?: EvidenceState;
}

export class ObjectionDto {
  @Matches(/^[a-z][a-zA-Z0-9_]{0,59}$/) code!: string;
  @IsOptional() @IsLine(0, 1_000) note?: string;
}

export class EvidenceDecisionDto {
  @IsIn(['accept', 'reject']) decision!: 'accept' | 'reject';
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ObjectionDto)
  @ArrayMaxSize(20)
  @IsArray()
  reasons?: ObjectionDto[];
}
