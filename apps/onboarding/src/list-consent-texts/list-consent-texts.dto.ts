import { PageQuery } from '@idxcoop/platform';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { LANGUAGES, type Language } from '../people/person.schema';

export class ConsentTextsQuery extends PageQuery {
  @IsOptional() @IsString() @MaxLength(40) version?: string;
  @IsOptional() @IsIn(LANGUAGES) language?: Language;
}
