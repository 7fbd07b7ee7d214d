import { COOPERATIVE_TYPES, type CooperativeType } from '@idxcoop/contracts';
import { PageQuery } from '@idxcoop/platform';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { REGISTRATIONS, type Registration } from '../cooperative/axes';

const list = () => Transform(({ value }) => (typeof value === 'string' && value ? value.split(',') : undefined));
const REGION = /^\d{2}(\.\d{2}){0,2}(\.\d{4})?$/;

/** Which people are meant; all that is given holds together. Lists are separated by commas. */
export class ReachablePeopleQuery extends PageQuery {
  @IsOptional() @list() @ArrayMaxSize(200) @Matches(REGION, { each: true }) @IsArray() regions?: string[];
  @IsOptional() @list() @IsIn(COOPERATIVE_TYPES, { each: true }) @IsArray() types?: CooperativeType[];
  @IsOptional() @list() @IsIn(REGISTRATIONS, { each: true }) @IsArray() registrations?: Registration[];
}
