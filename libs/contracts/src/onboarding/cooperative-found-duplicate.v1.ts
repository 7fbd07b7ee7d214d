import { IsUUID } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';

/** An officer decided that this record and the survivor are one cooperative; the survivor carries the pair's membership from then on. */
export class CooperativeFoundDuplicateV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.found-duplicate.v1';
  @IsUUID() survivorId!: string;
}
