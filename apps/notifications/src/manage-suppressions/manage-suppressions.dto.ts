import { CHANNELS, type Channel } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { LIFT_REASONS, type LiftReason, WAYS, type Way } from '../suppression/consent-entry.schema';
import { SUPPRESSION_SCOPES, type SuppressionScope } from '../suppression/scopes';

/** Which suppressions; all that is given holds together. */
export class SuppressionsQuery extends PageQuery {
  @IsOptional() @IsIn(SUPPRESSION_SCOPES) scope?: SuppressionScope;
  /** `unsubscribed`, `stop_word`, `complaint`, `officer`, or the code of a provider. */
  @IsOptional() @Matches(/^[A-Za-z0-9_.]{1,60}$/) reason?: string;
  /** Of a contact or an official: also what holds for their address. */
  @IsOptional() @IsUUID() contactId?: string;
}

/** Why a suppression is lifted; a code, since the ledger outlives the person and takes no free words. */
export class LiftSuppressionDto {
  @IsIn(LIFT_REASONS) reason!: LiftReason;
}

const orNull = (schema: object) => ({ oneOf: [schema, { type: 'null' }] });

/** Who is not written to any more: a contact by its id, or an address by its keyed hash. */
export class SuppressionView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty(orNull({ type: 'string', format: 'uuid' })) contactId!: string | null;
  @ApiProperty({ ...orNull({ type: 'string' }), description: 'Keyed; the address itself is not kept' })
  addressHash!: string | null;
  @ApiProperty(orNull({ type: 'string', enum: [...CHANNELS] })) channel!: Channel | null;
  @ApiProperty({ enum: SUPPRESSION_SCOPES }) scope!: SuppressionScope;
  @ApiProperty() reason!: string;
  @ApiProperty({ enum: WAYS }) how!: Way;
  @ApiProperty({ format: 'date-time' }) since!: string;
  @ApiProperty({
    description: 'The person’s own wish: the privacy officer alone lifts it, when the person asks for it',
  })
  ownWish!: boolean;
}

export class SuppressionListView {
  @ApiProperty({ type: [SuppressionView] }) items!: SuppressionView[];
  @ApiProperty(orNull({ type: 'string' })) nextCursor!: string | null;
}
