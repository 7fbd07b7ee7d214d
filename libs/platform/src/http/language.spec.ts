import { languageOf } from './language';

describe(languageOf.name, () => {
  it.each([
    [undefined, 'id'],
    ['', 'id'],
    ['*', 'id'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['fr, en;q=0.5', 'en'],
    ['fr, *;q=0.5', 'id'],
    ['id;q=0.4, en;q=0.8', 'en'],
    ['id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7', 'id'],
    ['en;q=0, id', 'id'],
    ['en;q=0', 'id'],
    ['*, en;q=0.5', 'id'],
  ])('answers %p in %p', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
