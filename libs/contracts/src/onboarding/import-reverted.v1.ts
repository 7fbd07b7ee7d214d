import { IsUUID } from 'class-validator';
import { DatedFact } from '../dated';

/** An import was rolled back: what it stated never held, for every day, from `knownAt` on. */
export class ImportRevertedV1 extends DatedFact {
  static readonly event = 'onboarding.import.reverted.v1';
  @IsUUID() importId!: string;
}
