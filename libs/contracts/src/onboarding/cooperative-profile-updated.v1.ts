import { IsIn, IsString } from 'class-validator';
import { CooperativeFact } from './cooperative-fact';

/** Facts of the organisation were added or changed; which, not what they are. `type` and `form` are those of now. */
export class CooperativeProfileUpdatedV1 extends CooperativeFact {
  static readonly event = 'onboarding.cooperative.profile-updated.v1';
  @IsString({ each: true }) fields!: string[];
  /** Who said so: the cooperative itself, or an office on its behalf. */
  @IsIn(['self', 'officer']) source!: 'self' | 'officer';
}
