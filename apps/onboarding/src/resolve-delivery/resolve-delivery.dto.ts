import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Min } from 'class-validator';

export const DELIVERY_PURPOSES = ['verification', 'welcome', 'decision', 'status_link', 'notice'] as const;
export type DeliveryPurpose = (typeof DELIVERY_PURPOSES)[number];

export class DeliveryQuery {
  @IsIn(DELIVERY_PURPOSES) purpose!: DeliveryPurpose;
  @IsOptional() @IsString() flowId?: string;
  @IsOptional() @Type(() => Number) @Min(1) @IsInt() sendNumber?: number;
  /** Which decision is announced. */
  @IsOptional() @IsUUID() reviewCaseId?: string;
}
