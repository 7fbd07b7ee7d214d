import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Problem } from './problem';
import { PageQuery } from './page';
import { ValidationPipe } from './validation.pipe';

const notMobile = { code: 'not_mobile', id: 'bukan nomor ponsel', en: 'is not a mobile number' };

class ContactDto {
  @IsString() @MaxLength(10) name!: string;
  @IsOptional() @Matches(/^08/, { context: notMobile }) phone?: string;
}

class SignUpDto {
  @IsIn(['primary', 'secondary']) form!: string;
  @ValidateNested() @Type(() => ContactDto) contact!: ContactDto;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => ContactDto) others?: ContactDto[];
  @IsOptional() @IsInt() @Min(1) size?: number;
  @IsOptional() @IsUUID() parent?: string;
}

const pipe = new ValidationPipe();
const transform = (
  value: unknown,
  type: 'body' | 'query' | 'param' = 'body',
  metatype: unknown = SignUpDto,
  data?: string,
) => pipe.transform(value, { type, metatype: metatype as never, data });

async function errorsOf(value: unknown, ...rest: [('body' | 'query' | 'param')?, unknown?, string?]) {
  const thrown = (await transform(value, ...rest).catch((error: unknown) => error)) as Problem;
  return { code: thrown.code, errors: (thrown.more?.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`) };
}

const good = { form: 'primary', contact: { name: 'Siti' } };

describe(ValidationPipe.name, () => {
  it('makes instances of what is right', async () => {
    const found = (await transform({ ...good, others: [{ name: 'Budi' }] })) as SignUpDto;
    expect(found).toBeInstanceOf(SignUpDto);
    expect(found.contact).toBeInstanceOf(ContactDto);
    expect(found.others?.[0]).toBeInstanceOf(ContactDto);
  });

  it('calls another type where a text belongs by its name', async () => {
    const { errors } = await errorsOf({ ...good, parent: 5, contact: { name: 'Siti', phone: 812 } });
    expect(errors).toEqual(expect.arrayContaining(['/parent not_string', '/contact/phone not_string']));
  });

  it('names every error by pointer and code, deep down too', async () => {
    const { code, errors } = await errorsOf({
      form: 'tertiary',
      contact: { name: 'a name that is too long', phone: '0711' },
      others: [{ name: 'Budi' }, { name: 7 }],
      size: 0,
      parent: 'x',
    });
    expect(code).toBe('invalid');
    expect(errors).toEqual([
      '/form not_allowed',
      '/contact/name too_long',
      '/contact/phone not_mobile',
      '/others/1/name not_string',
      '/size too_small',
      '/parent not_uuid',
    ]);
  });

  it('says that what is missing is required', async () => {
    expect((await errorsOf({})).errors).toEqual(['/form required', '/contact required']);
    expect((await errorsOf(undefined)).errors).toEqual(['/form required', '/contact required']);
    expect((await errorsOf({ form: 'primary', contact: {} })).errors).toEqual(['/contact/name required']);
  });

  it('refuses unknown fields in a body, by a code of their own', async () => {
    expect(await errorsOf({ ...good, isAdmin: true, contact: { name: 'Siti', 'a/b': 1 } })).toEqual({
      code: 'unknown_field',
      errors: ['/isAdmin unknown_field', '/contact/a~1b unknown_field'],
    });
    expect((await errorsOf({ ...good, isAdmin: true, size: 'x' })).code).toBe('invalid');
  });

  it('takes texts of a rule in both languages', async () => {
    const thrown = (await transform({ ...good, contact: { name: 'S', phone: '1' } }).catch(
      (error: unknown) => error,
    )) as Problem;
    expect(thrown.more.errors?.[0]?.message).toEqual({ id: 'bukan nomor ponsel', en: 'is not a mobile number' });
  });

  it('refuses a body that is no object', async () => {
    expect((await errorsOf([good])).code).toBe('malformed');
    expect((await errorsOf('text')).code).toBe('malformed');
    expect((await errorsOf({ form: 'primary', contact: 'text' })).errors).toEqual(['/contact not_object']);
    expect((await errorsOf({ form: 'primary', contact: [good.contact] })).errors).toEqual(['/contact not_object']);
  });

  it('reads numbers of a query and ignores parameters that it does not know', async () => {
    expect(await transform({ limit: '20', utm_source: 'x' }, 'query', PageQuery)).toEqual({ limit: 20 });
    expect(await transform({}, 'query', PageQuery)).toEqual({ limit: 50 });
  });

  it.each(['0', '201', 'x', '1.5', ''])('refuses the limit %p', async (limit) => {
    expect((await errorsOf({ limit }, 'query', PageQuery)).code).toBe('invalid');
  });

  it('holds single parameters to their type', async () => {
    expect(await transform('7', 'query', Number, 'n')).toBe(7);
    expect(await transform('true', 'query', Boolean, 'b')).toBe(true);
    expect((await errorsOf('x', 'query', Number, 'n')).errors).toEqual(['/n not_number']);
    expect((await errorsOf(['a', 'b'], 'query', String, 'q')).errors).toEqual(['/q not_string']);
    expect((await errorsOf({ $ne: '' }, 'query', String, 'q')).errors).toEqual(['/q not_string']);
  });
});
