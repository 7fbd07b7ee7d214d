import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { ENTITIES, type Entity } from '../cooperative/axes';
import { isDay } from '../day';
import { rule } from '../people/contact-details';

const IsDay = rule('isDay', { code: 'not_a_day' }, (value) => typeof value === 'string' && isDay(value));

/** What became of the legal entity. */
export class ChangeEntityDto {
  @IsIn(ENTITIES) state!: Entity;
  /** A stable code: `members_decision`, `government_decision`, `no_business`, `resumed`, `merger_deed`. */
  @Matches(/^[a-z][a-z0-9_]{1,59}$/) reason!: string;
  /** Since when; by default today. */
  @IsOptional() @IsDay() effectiveOn?: string;
  /** Of a merger: the cooperative that it became part of. */
  @IsOptional() @IsUUID() intoId?: string;
}
