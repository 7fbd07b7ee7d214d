import { COOPERATIVE_FORMS, COOPERATIVE_TYPES, type CooperativeForm, type CooperativeType } from '@idxcoop/contracts';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUrl, Matches, MaxLength } from 'class-validator';
import { PRINCIPLES, type Principle } from '../cooperative/cooperative.schema';
import { legalKey, NIK_KOPERASI, nikKey } from '../cooperative/hard-keys';
import { readWebsite } from '../cooperative/website';
import { ContactAndConsent, IsLine, IsPlain, rule } from '../people/contact-details';

const ifText = (read: (text: string) => string | null) =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (read(value) ?? value) : value));

/** Not a pattern: `\p{L}` stands for letters under a flag that OpenAPI has no place for. */
const NamesAnEntity = rule(
  'namesAnEntity',
  { code: 'bad_format' },
  (value) => typeof value !== 'string' || legalKey(value) !== '',
);

/** A sign-up: the organisation, one person, and what the person agreed to. */
export class RegisterCooperativeDto extends ContactAndConsent {
  @IsLine(3, 200) name!: string;
  @IsIn(COOPERATIVE_FORMS) form!: CooperativeForm;
  @IsIn(COOPERATIVE_TYPES) type!: CooperativeType;
  @IsOptional() @IsIn(PRINCIPLES) principle?: Principle;
  @MaxLength(13) @IsString() regionCode!: string;
  @IsOptional() @NamesAnEntity() @IsLine(1, 100) legalEntityNumber?: string;
  @IsOptional() @Matches(NIK_KOPERASI) @ifText(nikKey) @IsString() nikKoperasi?: string;
  @IsOptional()
  @MaxLength(300)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, disallow_auth: true })
  @IsPlain()
  @ifText(readWebsite)
  @IsString()
  website?: string;

  /** The hard keys that this sign-up would hold. */
  hardKeys(): { legalKey: string | undefined; nikKey: string | undefined } {
    return { legalKey: this.legalEntityNumber && legalKey(this.legalEntityNumber), nikKey: this.nikKoperasi };
  }
}
