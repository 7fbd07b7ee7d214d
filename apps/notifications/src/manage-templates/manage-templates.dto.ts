import { CHANNELS, type Channel } from '@idxcoop/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsUUID } from 'class-validator';
import { TEMPLATE_KEYS, type TemplateKey } from '../message/message.schema';

const LANGUAGES = ['id', 'en'] as const;
type LanguageCode = (typeof LANGUAGES)[number];
const CATEGORIES = ['AUTHENTICATION', 'UTILITY', 'MARKETING', 'SERVICE'] as const;

export class PreviewTemplateDto {
  @IsIn(LANGUAGES) language!: LanguageCode;
  /** Words and links to put in place of the samples, by the names of the template. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  // Says what it is, so that a name such as `constructor` is not taken for its class.
  @Type(() => Object)
  @IsOptional()
  @IsObject()
  variables?: Record<string, unknown>;
}

export class TestTemplateDto {
  @IsIn(LANGUAGES) language!: LanguageCode;
  @IsUUID() officialId!: string;
  /** E-mail by default. */
  @IsOptional() @IsIn(CHANNELS) channel?: Channel;
}

export class TemplateVariableView {
  @ApiProperty({ description: 'As the texts name it' }) name!: string;
  @ApiProperty({ enum: ['text', 'url', 'list', 'links', 'rows'] }) kind!: string;
  @ApiProperty({ type: 'integer', description: 'Characters at most, of each line where there are several' })
  atMost!: number;
}

/** What Meta has of a template in one language; it said nothing of those with the state `UNKNOWN`, which may be used. */
export class TemplateApprovalView {
  @ApiProperty({ enum: LANGUAGES }) language!: LanguageCode;
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'null' }], description: 'Null where the wording is Meta’s own' })
  wording!: string | null;
  @ApiProperty({ description: '`APPROVED`, `PAUSED`, `REJECTED` … or `UNKNOWN`' }) state!: string;
  @ApiProperty({ description: 'Whether messages of it leave; else they wait or go by the next channel' })
  isUsable!: boolean;
  @ApiPropertyOptional() reason?: string;
  @ApiPropertyOptional({ format: 'date-time' }) since?: string;
  @ApiPropertyOptional({ enum: CATEGORIES, description: 'Where Meta counts it as another category than we do' })
  metaCategory?: string;
}

export class WhatsAppTemplateView {
  @ApiProperty({ description: 'As it is registered with Meta' }) name!: string;
  @ApiProperty({ enum: CATEGORIES, description: '`SERVICE`: free words to who just wrote; not registered' })
  category!: string;
  @ApiProperty({ type: [String], description: 'Variables that fill `{{1}}`, `{{2}}` …' }) parameters!: string[];
  @ApiProperty({ type: [TemplateApprovalView] }) languages!: TemplateApprovalView[];
}

export class TemplateView {
  @ApiProperty({ enum: TEMPLATE_KEYS }) key!: TemplateKey;
  @ApiProperty({ enum: LANGUAGES, isArray: true }) languages!: LanguageCode[];
  @ApiProperty({ enum: CHANNELS, isArray: true, description: 'By which it can go' }) channels!: Channel[];
  @ApiProperty({ type: [TemplateVariableView] }) variables!: TemplateVariableView[];
  @ApiProperty({ type: WhatsAppTemplateView }) whatsapp!: WhatsAppTemplateView;
}

export class TemplateListView {
  @ApiProperty({ type: [TemplateView] }) items!: TemplateView[];
}

export class MailPreviewView {
  @ApiProperty() subject!: string;
  @ApiProperty({ description: 'What a mailbox shows beside the subject' }) preview!: string;
  @ApiProperty() text!: string;
  @ApiProperty() html!: string;
}

export class WhatsAppPreviewView {
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'null' }] }) name!: string | null;
  @ApiProperty({ type: [String] }) parameters!: string[];
  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'null' }],
    description: 'As a person reads it; null where the wording is Meta’s own',
  })
  body!: string | null;
}

export class TemplatePreviewView {
  @ApiProperty({ oneOf: [{ $ref: '#/components/schemas/MailPreviewView' }, { type: 'null' }] })
  email!: MailPreviewView | null;
  @ApiProperty({ type: WhatsAppPreviewView }) whatsapp!: WhatsAppPreviewView;
}

export class TemplateTestView {
  @ApiProperty({ format: 'uuid', description: 'The cause of the message, by which the log finds it' }) causeId!: string;
}
