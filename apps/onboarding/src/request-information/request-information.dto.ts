import { IsOptional, IsString, MaxLength } from 'class-validator';

export class AnswerDto {
  /** Documents are handed in as evidence; this is what else is to be said. */
  @IsOptional() @MaxLength(4_000) @IsString() text?: string;
}
