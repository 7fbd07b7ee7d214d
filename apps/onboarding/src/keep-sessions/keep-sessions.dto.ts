import { IsBoolean, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';

export class RefreshDto {
  @MinLength(1) @MaxLength(300) @IsString() refreshToken!: string;
}

/** What to end: the session of this token; or, with an access token, one of one's own or all of them. */
export class RevokeDto {
  @IsOptional() @MaxLength(300) @IsString() refreshToken?: string;
  @IsOptional() @IsUUID() sessionId?: string;
  @IsOptional() @IsBoolean() all?: boolean;
}
