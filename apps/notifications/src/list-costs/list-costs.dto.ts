import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Days in Jakarta: from the first … */
export class CostsQuery {
  @Matches(DAY, { context: { code: 'not_a_day' } }) from!: string;
  /** … to the last, both counted. */
  @Matches(DAY, { context: { code: 'not_a_day' } }) until!: string;
}

/** What a template cost on a day. */
export class CostView {
  @ApiProperty({ format: 'date' }) day!: string;
  @ApiProperty({ enum: ['email', 'whatsapp'] }) channel!: string;
  @ApiProperty({ enum: ['authentication', 'utility', 'marketing', 'service', 'email'] }) category!: string;
  @ApiProperty() template!: string;
  @ApiProperty({ type: 'integer' }) sent!: number;
  @ApiProperty({ type: 'integer' }) delivered!: number;
  @ApiProperty({ type: 'integer', description: 'Of what was sent' }) failed!: number;
  @ApiProperty({ description: 'For what arrived' }) rupiah!: number;
  @ApiProperty({ description: 'For what was sent and has not failed' }) committedRupiah!: number;
}

export class CostListView {
  @ApiProperty({ type: [CostView] }) items!: CostView[];
  @ApiProperty({ description: 'For what arrived' }) rupiah!: number;
  @ApiProperty({ type: 'integer', description: 'Rupiah of a day after which what goes to many waits; 0: no end' })
  dailyCapRupiah!: number;
}
