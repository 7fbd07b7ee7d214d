import { PageQuery } from '@idxcoop/platform';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsISO8601,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { WEBHOOK_TYPES, type WebhookType } from '../partners/webhook.schema';

export class NewEndpointDto {
  @MaxLength(500) @IsString() url!: string;
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_TYPES.length)
  @IsIn(WEBHOOK_TYPES, { each: true })
  @IsArray()
  types!: WebhookType[];
}

/** What is sent once more: deliveries by id, or all that were made between two instants. */
export class ReplayDto {
  @IsOptional() @ArrayMaxSize(200) @IsUUID(undefined, { each: true }) @IsArray() deliveryIds?: string[];
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  @IsOptional() @IsISO8601({ strict: true }) until?: string;
}

export class DeliveriesQuery extends PageQuery {
  @IsOptional() @IsIn(['pending', 'delivered', 'failed', 'held']) state?: 'pending' | 'delivered' | 'failed' | 'held';
}
