import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { SCOPES, type Scope } from '../partners/partner.schema';
import { IsLine } from '../people/contact-details';

export class NewPartnerDto {
  @IsLine(2, 120) name!: string;
  @MaxLength(300)
  @IsUrl({ protocols: ['https'], require_protocol: true, disallow_auth: true })
  website!: string;
}

export class NewApiKeyDto {
  @IsLine(1, 80) label!: string;
  @ArrayMinSize(1) @ArrayMaxSize(SCOPES.length) @IsIn(SCOPES, { each: true }) @IsArray() scopes!: Scope[];
  @IsOptional() @Max(730) @Min(1) @IsInt() days?: number;
}
