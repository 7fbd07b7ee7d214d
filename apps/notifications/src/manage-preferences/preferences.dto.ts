import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';

/** What a person may choose; a form sends words where JSON sends truth values. */
export class PreferencesDto {
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  announcements!: boolean;
}
