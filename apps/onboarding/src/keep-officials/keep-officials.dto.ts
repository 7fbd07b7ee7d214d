import { PageQuery, USER_ROLES, type UserRole } from '@idxcoop/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { IsMobile, trimmed } from '../people/contact-details';
import { LANGUAGES, type Language } from '../people/person.schema';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class OfficialContactsDto {
  @IsOptional() @MaxLength(254) @IsEmail() @trimmed() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
}

export class LeaveDto {
  @Matches(DAY) from!: string;
  @Matches(DAY) to!: string;
}

export class NewOfficialDto {
  @MaxLength(120) @MinLength(2) @trimmed() @IsString() name!: string;
  @MaxLength(120) @MinLength(2) @trimmed() @IsString() office!: string;
  @ArrayMinSize(1) @ArrayMaxSize(USER_ROLES.length) @IsIn(USER_ROLES, { each: true }) @IsArray() roles!: UserRole[];
  @MaxLength(13) @IsString() territory!: string;
  @ValidateNested() @Type(() => OfficialContactsDto) contacts!: OfficialContactsDto;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => LeaveDto) @ArrayMaxSize(50) @IsArray() leave?: LeaveDto[];
}

export class OfficialsQuery extends PageQuery {
  @IsOptional() @IsIn(USER_ROLES) role?: UserRole;
}
