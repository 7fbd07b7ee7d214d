import { IsOptional, IsString, MaxLength } from 'class-validator';

/** What was typed, or what the page of the e-mail's link posts. */
export class VerifyContactDto {
  @IsOptional() @MaxLength(20) @IsString() code?: string | null;
  @IsOptional() @MaxLength(300) @IsString() token?: string | null;
}
