import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, Matches, ValidateNested } from 'class-validator';
import { IsLine } from '../people/contact-details';

const STABLE = /^[a-z][a-zA-Z0-9_]{0,59}$/;

/** What an officer objects to or asks about: which requirement, in which way, and a word to the applicant. */
export class ReasonDto {
  @Matches(STABLE) requirement!: string;
  @Matches(STABLE) code!: string;
  @IsOptional() @IsLine(0, 1_000) note?: string;
}

/** At least one reason. */
export class ReasonsDto {
  @ValidateNested({ each: true })
  @Type(() => ReasonDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsArray()
  reasons!: ReasonDto[];
}
