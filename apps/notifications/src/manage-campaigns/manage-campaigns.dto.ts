import { CHANNELS, COOPERATIVE_TYPES, type Channel } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import {
  CAMPAIGN_STATES,
  type CampaignAudience,
  type CampaignState,
  CHOOSABLE_REGISTRATIONS,
} from '../campaign/campaign.schema';

const REGION = /^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/;
/** One line without control characters: it is a parameter of a WhatsApp template. */
const LINE = /^[^\p{Cc}]*$/u;

export class CampaignTextDto {
  @Matches(LINE) @Length(3, 60) @IsString() headline!: string;
  @Matches(LINE) @Length(10, 500) @IsString() text!: string;
}

/** Bahasa Indonesia is always there; who reads English gets it where it was written. */
export class CampaignTextsDto {
  @ValidateNested() @Type(() => CampaignTextDto) id!: CampaignTextDto;
  @IsOptional() @ValidateNested() @Type(() => CampaignTextDto) en?: CampaignTextDto;
}

/** Who is meant; all that is given holds together. */
export class CampaignAudienceDto implements CampaignAudience {
  @IsOptional() @ArrayMaxSize(200) @Matches(REGION, { each: true }) @IsArray() regions?: string[];
  @IsOptional() @IsIn(COOPERATIVE_TYPES, { each: true }) @IsArray() types?: CampaignAudience['types'];
  @IsOptional()
  @IsIn(CHOOSABLE_REGISTRATIONS, { each: true })
  @IsArray()
  registrations?: CampaignAudience['registrations'];
}

export class NewCampaignDto {
  @Matches(LINE) @Length(3, 120) @IsString() name!: string;
  @IsIn(['announcement']) template!: 'announcement';
  @ValidateNested() @Type(() => CampaignTextsDto) texts!: CampaignTextsDto;
  @ValidateNested() @Type(() => CampaignAudienceDto) audience!: CampaignAudienceDto;
  /** In order: the first on which a person can be reached; by default WhatsApp, then e-mail. */
  @IsOptional() @ArrayUnique() @ArrayMinSize(1) @IsIn(CHANNELS, { each: true }) @IsArray() channels?: Channel[];
}

export class CampaignsQuery extends PageQuery {
  @IsOptional() @IsIn(CAMPAIGN_STATES) state?: CampaignState;
}

/** What the campaign would be: how many people, what it costs at most and how long it takes at least. */
export class CampaignPreviewView {
  @ApiProperty({ type: 'integer' }) people!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } }) byChannel!: Record<string, number>;
  @ApiProperty({ type: 'integer', description: 'Rupiah, if every message is delivered' }) costRupiah!: number;
  @ApiProperty({ type: 'integer', description: 'Days that the daily budget of people allows it in' }) days!: number;
  @ApiProperty({ description: 'False while the people are still counted' }) isComplete!: boolean;
}

/** What became of its messages. */
export class CampaignProgressView {
  @ApiProperty({ type: 'integer', description: 'People whose message is planned' }) planned!: number;
  @ApiProperty({ type: 'integer' }) of!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Messages by state' })
  byState!: Record<string, number>;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Messages by the reason of their state',
  })
  byReason!: Record<string, number>;
}

export class CampaignView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: CAMPAIGN_STATES }) state!: CampaignState;
  @ApiProperty() template!: string;
  @ApiProperty({ type: CampaignTextsDto }) texts!: object;
  @ApiProperty({ type: CampaignAudienceDto }) audience!: object;
  @ApiProperty({ enum: CHANNELS, isArray: true }) channels!: Channel[];
  @ApiProperty({ type: CampaignPreviewView }) preview!: CampaignPreviewView;
  @ApiProperty({ type: CampaignProgressView }) progress!: CampaignProgressView;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) startedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) endedAt?: string;
}

export class CampaignListView {
  @ApiProperty({ type: [CampaignView] }) items!: CampaignView[];
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'null' }] }) nextCursor!: string | null;
}
