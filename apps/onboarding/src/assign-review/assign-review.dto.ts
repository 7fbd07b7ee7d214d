import { IsOptional, IsUUID, Matches } from 'class-validator';

export class AssignmentDto {
  @IsOptional() @IsUUID() officialId?: string;
  /** Why, as a stable code. */
  @IsOptional() @Matches(/^[a-z][a-z0-9_]{1,59}$/) reason?: string;
}
