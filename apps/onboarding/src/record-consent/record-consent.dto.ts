import { IsOptional, Matches } from 'class-validator';
import { IsLine } from '../people/contact-details';

/** That a person agreed to announcements on one of their channels, and to which words. */
export class RecordConsentDto {
  @IsLine(1, 40) version!: string;
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) textHash?: string;
}
