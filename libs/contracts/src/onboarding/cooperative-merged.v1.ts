import { IsOptional, IsUUID } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';

/** The legal entity was merged into another on the effective day: from then on it counts no more, the other by itself. */
export class CooperativeMergedV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.merged.v1';
  /** The cooperative that it became part of, where that is registered. */
  @IsOptional() @IsUUID() intoId?: string;
}
