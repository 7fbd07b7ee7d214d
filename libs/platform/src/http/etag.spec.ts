import { etag, requireMatch } from './etag';

describe(requireMatch.name, () => {
  it.each(['"3"', '"2", "3"', '*'])('lets a change of what was seen through: %s', (header) => {
    expect(() => requireMatch(header, 3)).not.toThrow();
  });

  it.each([
    [undefined, 'if_match_required'],
    [' ', 'if_match_required'],
    ['"2"', 'precondition_failed'],
    ['W/"3"', 'precondition_failed'],
    ['3', 'precondition_failed'],
  ])('refuses %p with %s', (header, code) => {
    expect(() => requireMatch(header, 3)).toThrow(code);
  });

  it('is a strong tag', () => {
    expect(etag(7)).toBe('"7"');
  });
});
