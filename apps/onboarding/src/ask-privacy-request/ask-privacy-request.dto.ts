import { CHANNELS, type Channel, PRIVACY_REQUEST_KINDS, type PrivacyRequestKind } from '@idxcoop/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PURPOSES, type Purpose } from '../people/consent.schema';
import { IsAddress, IsLine, IsMobile } from '../people/contact-details';
import { LANGUAGES, type Language } from '../people/person.schema';

/** What is right instead of what is held. */
export class CorrectionDto {
  @IsOptional() @IsLine(2, 120) name?: string;
  @IsOptional() @IsLine(2, 60) position?: string;
  @IsOptional() @IsAddress() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
}

/** A request about one's own data: with a token of the cooperative by the person, or by a privacy officer for a person. */
export class AskPrivacyRequestDto {
  @IsIn(PRIVACY_REQUEST_KINDS) kind!: PrivacyRequestKind;
  /** Whose token is shown. */
  @IsOptional() @IsUUID() cooperativeId?: string;
  /** For whom a privacy officer asks. */
  @IsOptional() @IsUUID() personId?: string;
  /** Of a withdrawal: by default all. */
  @IsOptional() @ArrayMinSize(1) @IsIn(PURPOSES, { each: true }) @IsArray() purposes?: Purpose[];
  @IsOptional() @ArrayMinSize(1) @IsIn(CHANNELS, { each: true }) @IsArray() channels?: Channel[];
  /** Of a correction. */
  @ValidateIf(({ kind }: AskPrivacyRequestDto) => kind === 'correction')
  @ValidateNested()
  @Type(() => CorrectionDto)
  changes?: CorrectionDto;
}
