import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';

/** What a person may choose; a form sends words where JSON sends truth values. */
export class MessagePreferencesDto {
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  announcements!: boolean;
}

/** What they have chosen. */
export class MessagePreferencesView {
  @ApiProperty({ description: 'Whether announcements are sent; what a person asked for is sent all the same' })
  announcements!: boolean;
}
