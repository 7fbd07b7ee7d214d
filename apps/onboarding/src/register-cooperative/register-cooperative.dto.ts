import { COOPERATIVE_FORMS, COOPERATIVE_TYPES, type CooperativeForm, type CooperativeType } from '@idxcoop/contracts';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUrl, Matches, MaxLength, MinLength } from 'class-validator';
import { PRINCIPLES, type Principle } from '../cooperative/cooperative.schema';
import { legalKey, NIK_KOPERASI, nikKey } from '../cooperative/hard-keys';
import { readWebsite } from '../cooperative/website';
import { ContactAndConsent, trimmed } from '../people/contact-details';

const ifText = (read: (text: string) => string | null) =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (read(value) ?? value) : value));

/** A sign-up: the organisation, one person, and what the person agreed to. */
export class RegisterCooperativeDto extends ContactAndConsent {
  @MaxLength(200) @MinLength(3) @trimmed() @IsString() name!: string;
  @IsIn(COOPERATIVE_FORMS) form!: CooperativeForm;
  @IsIn(COOPERATIVE_TYPES) type!: CooperativeType;
  @IsOptional() @IsIn(PRINCIPLES) principle?: Principle;
  @MaxLength(13) @IsString() regionCode!: string;
  @IsOptional() @Matches(/[\p{L}\p{N}]/u) @MaxLength(100) @trimmed() @IsString() legalEntityNumber?: string;
  @IsOptional() @Matches(NIK_KOPERASI) @ifText(nikKey) @IsString() nikKoperasi?: string;
  @IsOptional()
  @MaxLength(300)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, disallow_auth: true })
  @ifText(readWebsite)
  @IsString()
  website?: string;

  /** The hard keys that this sign-up would hold. */
  hardKeys(): { legalKey: string | undefined; nikKey: string | undefined } {
    return { legalKey: this.legalEntityNumber && legalKey(this.legalEntityNumber), nikKey: this.nikKoperasi };
  }
}
