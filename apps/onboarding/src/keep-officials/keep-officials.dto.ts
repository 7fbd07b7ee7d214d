import { PageQuery, USER_ROLES, type UserRole } from '@idxcoop/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { HasAddress, IsAddress, IsLine, IsMobile, rule } from '../people/contact-details';
import { leaveEndsBefore } from '../officials/official.templates';
import { LANGUAGES, type Language } from '../people/person.schema';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class OfficialContactsDto {
  @IsOptional() @IsAddress() email?: string;
  @IsOptional() @IsMobile() @MaxLength(40) @IsString() phone?: string;
}

const NotBefore = rule('notBefore', leaveEndsBefore, (to, leave) => {
  const { from } = leave as LeaveDto;
  return typeof to !== 'string' || typeof from !== 'string' || from <= to;
});

export class LeaveDto {
  @Matches(DAY) from!: string;
  @NotBefore() @Matches(DAY) to!: string;
}

export class NewOfficialDto {
  @IsLine(2, 120) name!: string;
  @IsLine(2, 120) office!: string;
  @ArrayMinSize(1) @ArrayMaxSize(USER_ROLES.length) @IsIn(USER_ROLES, { each: true }) @IsArray() roles!: UserRole[];
  @MaxLength(13) @IsString() territory!: string;
  @HasAddress() @ValidateNested() @Type(() => OfficialContactsDto) contacts!: OfficialContactsDto;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => LeaveDto) @ArrayMaxSize(50) @IsArray() leave?: LeaveDto[];
}

/** What changes; what is left out stays. Who holds no role any more is out of office and cannot sign in. */
export class ChangedOfficialDto {
  @IsOptional() @IsLine(2, 120) name?: string;
  @IsOptional() @IsLine(2, 120) office?: string;
  @IsOptional() @ArrayMaxSize(USER_ROLES.length) @IsIn(USER_ROLES, { each: true }) @IsArray() roles?: UserRole[];
  @IsOptional() @MaxLength(13) @IsString() territory?: string;
  @IsOptional() @HasAddress() @ValidateNested() @Type(() => OfficialContactsDto) contacts?: OfficialContactsDto;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => LeaveDto) @ArrayMaxSize(50) @IsArray() leave?: LeaveDto[];
}

export class OfficialsQuery extends PageQuery {
  @IsOptional() @IsIn(USER_ROLES) role?: UserRole;
}
