import { IsObject, IsOptional, IsString, MaxLength } from 'class-validator';

/** Answers to all questions of a rubric. */
export class AssessReadinessDto {
  /** The version of the rubric; by default the one in force. */
  @IsOptional() @MaxLength(20) @IsString() rubric?: string;
  /** By question, each a place on the scale. */
  @IsObject() answers!: Record<string, number>;
}
