import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { legalKey, NIK_KOPERASI, nikKey } from '../cooperative/hard-keys';
import { BOARD_POSITIONS, type BoardPosition } from '../cooperative/organisation-facts';
import { readWebsite } from '../cooperative/website';
import { isDay } from '../day';
import { IsLine, IsPlain, rule } from '../people/contact-details';

const ifText = (read: (text: string) => string | null) =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (read(value) ?? value) : value));

const NamesAnEntity = rule(
  'namesAnEntity',
  { code: 'bad_format' },
  (value) => typeof value !== 'string' || legalKey(value) !== '',
);
const IsDay = rule('isDay', { code: 'not_a_day' }, (value) => typeof value === 'string' && isDay(value));
const MANY = 10_000_000;

/** An annual meeting (RAT) and the book year that it closed. */
export class AnnualMeetingDto {
  @Max(2100) @Min(1945) @IsInt() bookYear!: number;
  @IsOptional() @IsDay() heldOn?: string;
}

export class MembershipCountsDto {
  @Max(MANY) @Min(0) @IsInt() men!: number;
  @Max(MANY) @Min(0) @IsInt() women!: number;
  @IsOptional() @Max(MANY) @Min(1) @IsInt() founders?: number;
}

/** What is to be changed; what is not named stays. Meetings are added by book year, or said anew. */
export class EditProfileDto {
  @IsOptional() @NamesAnEntity() @IsLine(1, 100) legalEntityNumber?: string;
  @IsOptional() @Matches(NIK_KOPERASI) @ifText(nikKey) @IsString() nikKoperasi?: string;
  @IsOptional()
  @MaxLength(300)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, disallow_auth: true })
  @IsPlain()
  @ifText(readWebsite)
  @IsString()
  website?: string;
  @IsOptional() @IsDay() foundedOn?: string;
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => AnnualMeetingDto)
  @ArrayUnique(({ bookYear }: AnnualMeetingDto) => bookYear)
  @ArrayMaxSize(20)
  @IsArray()
  annualMeetings?: AnnualMeetingDto[];
  @IsOptional()
  @ArrayUnique()
  @ArrayMaxSize(BOARD_POSITIONS.length)
  @IsIn(BOARD_POSITIONS, { each: true })
  @IsArray()
  boardPositions?: BoardPosition[];
  @IsOptional() @ValidateNested() @Type(() => MembershipCountsDto) membershipCounts?: MembershipCountsDto;
  @IsOptional()
  @ArrayUnique()
  @ArrayMaxSize(1_000)
  @IsUUID(undefined, { each: true })
  @IsArray()
  memberCooperatives?: string[];
}
