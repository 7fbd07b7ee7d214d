import { EVENTS, event } from '@idxcoop/contracts';
import {
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  validateSync,
  ValidateNested,
} from 'class-validator';
import { assertValid, isCompiled, validatorOf } from './validate';

class SampleV1 {
  static readonly event = 'onboarding.sample.made.v1';
  @IsUUID() id!: string;
  @IsIn(['a', 'b']) kind!: string;
  @IsInt() count!: number;
  @IsOptional() @IsString() @MaxLength(3) note?: string;
  @Matches(/^\d{4}$/) year!: string;
  @IsString({ each: true }) tags!: string[];
}

class NestedV1 {
  static readonly event = 'onboarding.nested.made.v1';
  @IsArray() @ValidateNested({ each: true }) parts!: SampleV1[];
}

const GOOD = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  kind: 'a',
  count: 1,
  note: 'yes',
  year: '2020',
  tags: ['x'],
};
const VALUES = [
  undefined,
  null,
  '',
  'a',
  'abcd',
  '2020',
  0,
  -1,
  1.5,
  Number.NaN,
  true,
  [],
  ['x'],
  ['x', 1],
  {},
  GOOD.id,
  new Date(0),
];

describe(validatorOf.name, () => {
  it('agrees with class-validator on every value of every field', () => {
    let compared = 0;
    for (const field of Object.keys(GOOD)) {
      for (const value of VALUES) {
        const data = { ...GOOD, [field]: value };
        const theirs = validateSync(Object.assign(new SampleV1(), data)).length === 0;
        const ours = validatorOf(SampleV1)(data) === undefined;
        if (ours !== theirs) throw new Error(`${field} = ${JSON.stringify(value)}: ours ${ours}, theirs ${theirs}`);
        compared += 1;
      }
    }
    expect(compared).toBe(Object.keys(GOOD).length * VALUES.length);
  });

  it('names the field and the rule, and never the value', () => {
    expect(validatorOf(SampleV1)({ ...GOOD, id: 'siti@example.id' })).toBe('id: isUuid');
    expect(validatorOf(SampleV1)({ ...GOOD, count: 'x', kind: 'c' })).toBe('kind: isIn, count: isInt');
  });

  it('lets unknown fields pass: an added optional field is not a new version', () => {
    expect(validatorOf(SampleV1)({ ...GOOD, later: true })).toBeUndefined();
  });

  it('leaves rules that it does not know, and nested classes, to class-validator', () => {
    expect(isCompiled(SampleV1)).toBe(true);
    expect(isCompiled(NestedV1)).toBe(false);
    expect(validatorOf(NestedV1)({ parts: 'none' })).toContain('parts: isArray');
  });

  it.each(EVENTS.map((contract) => [contract.event, contract] as const))('is compiled for %s', (_, contract) => {
    expect(isCompiled(contract)).toBe(true);
    expect(validatorOf(contract)({})).toBeDefined();
  });

  it('refuses to record an event that breaks its own contract', () => {
    expect(() => assertValid(event(SampleV1, { ...GOOD, count: 1.5 }))).toThrow('count: isInt');
  });
});
