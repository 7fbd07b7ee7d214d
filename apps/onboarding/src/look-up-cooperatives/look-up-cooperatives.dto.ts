import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsLine, IsMobile } from '../people/contact-details';

/** What is looked for: a name or a number; in a body, since addresses of requests are written to logs. */
export class LookUpCooperativesDto {
  @IsOptional() @IsLine(2, 200) name?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
}
