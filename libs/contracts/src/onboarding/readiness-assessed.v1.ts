import { IsIn, IsInt, IsString, IsUUID, Max, Min } from 'class-validator';
import { READINESS_DIMENSIONS, type ReadinessDimension } from '../content-indexing/library-item-recommended.v1';
import { CooperativeFact } from './cooperative-fact';

/** Of 0–25, 26–50, 51–75 and 76–100 points. */
export const READINESS_BANDS = ['basic', 'developing', 'capable', 'advanced'] as const;
export type ReadinessBand = (typeof READINESS_BANDS)[number];

/** The readiness of a cooperative was assessed. The three lists go together, the weakest dimension first. */
export class ReadinessAssessedV1 extends CooperativeFact {
  static readonly event = 'onboarding.readiness.assessed.v1';
  @IsUUID() assessmentId!: string;
  /** 0 for the first assessment (T0), 1 for the next. */
  @IsInt() @Min(0) moment!: number;
  /** The version of the rubric; scores of different versions do not compare. */
  @IsString() rubric!: string;
  @IsIn(READINESS_DIMENSIONS, { each: true }) dimensions!: ReadinessDimension[];
  @IsInt({ each: true }) @Min(0, { each: true }) @Max(100, { each: true }) scores!: number[];
  @IsIn(READINESS_BANDS, { each: true }) bands!: ReadinessBand[];
}
