import { decodeCursor, encodeCursor, page } from './page';

describe(page.name, () => {
  it('says how to go on where there is more', () => {
    const found = page([{ id: 'a' }, { id: 'b' }, { id: 'c' }], 2, ({ id }) => ({ after: id }));
    expect(found.items).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(decodeCursor(found.nextCursor as string)).toEqual({ after: 'b' });
  });

  it('ends where there is no more', () => {
    expect(page([{ id: 'a' }], 2, () => ({}))).toEqual({ items: [{ id: 'a' }], nextCursor: null });
    expect(page([], 2, () => ({}))).toEqual({ items: [], nextCursor: null });
  });

  it('shows rows as the caller may see them', () => {
    expect(
      page(
        [{ id: 'a', secret: 1 }],
        1,
        () => ({}),
        ({ id }) => id,
      ).items,
    ).toEqual(['a']);
  });
});

describe(decodeCursor.name, () => {
  it('reads what encodeCursor wrote, and nothing from nothing', () => {
    expect(decodeCursor(encodeCursor({ a: 1 }))).toEqual({ a: 1 });
    expect(decodeCursor(undefined)).toBeUndefined();
  });

  it.each(['x', Buffer.from('[1]').toString('base64url'), Buffer.from('null').toString('base64url')])(
    'refuses %p',
    (cursor) => {
      expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: 'invalid' }));
    },
  );
});
