import { CHANNELS, type Channel } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import {
  CHOICES,
  type Choice,
  LIFT_REASONS,
  type LiftReason,
  WAYS,
  type Way,
} from '../suppression/consent-entry.schema';

/** Whose decisions: a contact, or an official by the same parameter. */
export class ListConsentsQuery extends PageQuery {
  @IsUUID() contactId!: string;
}

const orNull = (schema: object) => ({ oneOf: [schema, { type: 'null' }] });

/** A decision about messages: who it was made for is the question; here is what, when, over which words, and how. */
export class ConsentView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) at!: string;
  @ApiProperty({ enum: CHOICES, description: '`service`: all but the codes that a person asks for' }) purpose!: Choice;
  @ApiProperty(orNull({ type: 'string', enum: [...CHANNELS] })) channel!: Channel | null;
  @ApiProperty({ enum: ['given', 'withdrawn'] }) decision!: 'given' | 'withdrawn';
  @ApiProperty({ enum: WAYS }) how!: Way;
  @ApiProperty({ description: '`unsubscribed`, `stop_word`, `complaint`, or the code of a provider' }) reason!: string;
  @ApiProperty({
    ...orNull({ type: 'string', enum: [...LIFT_REASONS] }),
    description: 'Of what was lifted by hand: why',
  })
  because!: LiftReason | null;
  @ApiProperty({ ...orNull({ type: 'string' }), description: 'Of the words that the person saw' })
  wordingVersion!: string | null;
  @ApiProperty({ ...orNull({ type: 'string' }), description: 'SHA-256 of these words' }) wordingHash!: string | null;
}

export class ConsentListView {
  @ApiProperty({ type: [ConsentView] }) items!: ConsentView[];
  @ApiProperty(orNull({ type: 'string' })) nextCursor!: string | null;
}
