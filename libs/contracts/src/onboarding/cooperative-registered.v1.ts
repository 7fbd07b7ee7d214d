import { IsIn } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';

/** A cooperative signed up by itself or with an assistant. An import never emits this. */
export class CooperativeRegisteredV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.registered.v1';
  @IsIn(['self', 'assisted']) origin!: 'self' | 'assisted';
}
