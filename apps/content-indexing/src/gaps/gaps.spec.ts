import { gapsIn, helpsWith, itemsFor } from './gaps';

const item = (id: string, tags: string[], kind: 'practice' | 'article' | 'regulation' = 'practice') => ({
  id,
  tags,
  kind,
});

describe(itemsFor.name, () => {
  const library = [
    item('general', ['tata kelola'], 'article'),
    item('other type', ['tata kelola', 'producer']),
    item('own type', ['rat', 'savings_loan'], 'article'),
    item('law', ['rat'], 'regulation'),
    item('second gap', ['pembukuan', 'savings_loan']),
    item('no gap', ['qris', 'savings_loan']),
  ];

  it('answers the greatest gap first, and of those first what is about the type; laws and other types never', () => {
    const found = itemsFor(library, ['governance', 'records'], 'savings_loan');
    expect(found.map(({ item: { id }, dimension }) => [id, dimension])).toEqual([
      ['own type', 'governance'],
      ['general', 'governance'],
      ['second gap', 'records'],
    ]);
  });

  it('has nothing for who has no gap', () => {
    expect(itemsFor(library, [], 'savings_loan')).toEqual([]);
  });
});

describe(gapsIn.name, () => {
  it('names the dimensions in the two lower bands', () => {
    expect(gapsIn(['people', 'records', 'governance'], ['basic', 'developing', 'capable'])).toEqual([
      'people',
      'records',
    ]);
  });
});

describe(helpsWith.name, () => {
  it.each([
    [['records'], ['records']],
    [['QRIS'], ['member_services']],
    [['savings_loan'], []],
  ])('%j helps with %j', (tags, dimensions) => {
    expect(helpsWith({ tags, kind: 'article' })).toEqual(dimensions);
  });
});
