import { Recent } from './recent';

describe(Recent.name, () => {
  it('makes once what is asked for again', () => {
    const made: string[] = [];
    const recent = new Recent<string>(2);
    const ask = (key: string) => recent.of(key, () => (made.push(key), key));
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(ask(key)).toBe(key);
    // b was asked for the longest ago when c came.
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });
});
