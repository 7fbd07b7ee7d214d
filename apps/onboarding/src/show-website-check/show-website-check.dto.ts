import { PageQuery } from '@idxcoop/platform';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export const WEBSITE_STATES = ['unknown', 'up', 'down'] as const;

export class WebsiteChecksQuery extends PageQuery {
  @IsOptional() @IsIn(WEBSITE_STATES) state?: (typeof WEBSITE_STATES)[number];
  @IsOptional() @MaxLength(13) @IsString() territory?: string;
}
