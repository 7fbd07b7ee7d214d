import { ArrayMaxSize, IsArray, IsUUID } from 'class-validator';
import { DatedFact } from '../dated';

/** A person was erased: whoever holds anything under these ids forgets it. The ids alone tell nobody who it was. */
export class PersonErasedV1 extends DatedFact {
  static readonly event = 'onboarding.person.erased.v1';
  @IsUUID() personId!: string;
  /** The cooperative that the person spoke for; it stays. */
  @IsUUID() cooperativeId!: string;
  @ArrayMaxSize(20) @IsUUID(undefined, { each: true }) @IsArray() contactIds!: string[];
}
