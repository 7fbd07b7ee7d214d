import { Error as MongooseError } from 'mongoose';
import { describeError } from './describe-error';

describe(describeError.name, () => {
  const caught = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };

  it.each([
    ['DocumentNotFoundError', new MongooseError.DocumentNotFoundError({ name: 'Siti Aminah' } as never)],
    ['SyntaxError', caught(() => JSON.parse('{"name": Siti Aminah}'))],
  ])('drops the message of %s, which quotes content', (name, error) => {
    expect((error as Error).message).toContain('Siti');
    const described = describeError(error);
    expect(described).toMatchObject({ class: name, stack: expect.stringContaining('at ') });
    expect(JSON.stringify(described)).not.toContain('Siti');
  });

  it('keeps the message of other errors, without addresses and numbers', () => {
    expect(describeError(new TypeError('no siti@example.id at +62 812 3456 7890')).message).toBe(
      'no [address] at [number]',
    );
  });
});
