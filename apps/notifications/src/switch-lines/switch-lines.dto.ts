import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Length } from 'class-validator';

/** An order to a line. */
export class LineOrderDto {
  @IsIn(['stopped', 'open']) state!: 'stopped' | 'open';
  /** Of a stop: when it ends by itself; left out, it is opened by hand. */
  @IsOptional() @IsISO8601({ strict: true }) until?: string;
  @IsString() @Length(1, 200) reason!: string;
}

/** A channel (`whatsapp`), what goes to many on it (`whatsapp/bulk`), or a template on it (`whatsapp/welcome`). */
export class LineView {
  @ApiProperty({ example: 'whatsapp/bulk' }) line!: string;
  @ApiProperty({ enum: ['stopped', 'open'] }) state!: 'stopped' | 'open';
  @ApiPropertyOptional({ format: 'date-time', description: 'Left out where it is opened by hand' }) until?: string;
  @ApiPropertyOptional({ description: 'In words of who stopped it, or the code of the provider' }) reason?: string;
  @ApiPropertyOptional({ enum: ['operations', 'provider'] }) by?: 'operations' | 'provider';
}

export class LineListView {
  @ApiProperty({ type: [LineView] }) items!: LineView[];
}
