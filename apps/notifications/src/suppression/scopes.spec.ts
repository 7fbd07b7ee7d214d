import { kindOf, refusalOf } from './scopes';

describe(refusalOf.name, () => {
  it.each([
    ['all', 'code', 'address_suppressed'],
    ['all', 'digest', 'address_suppressed'],
    ['notices', 'code', null],
    ['notices', 'notice', 'opted_out'],
    ['notices', 'announcement', 'opted_out'],
    ['notices', 'digest', 'opted_out'],
    ['announcements', 'notice', null],
    ['announcements', 'announcement', 'opted_out'],
    ['announcements', 'digest', null],
    ['digests', 'announcement', null],
    ['digests', 'digest', 'opted_out'],
    ['digests', 'notice', null],
  ] as const)('answers %s to a %s with %s', (scope, kind, code) => {
    expect(refusalOf([scope], kind)).toBe(code);
  });

  it('lets the widest of several decide', () => {
    expect(refusalOf(['digests', 'all', 'announcements'], 'announcement')).toBe('address_suppressed');
    expect(refusalOf([], 'announcement')).toBeNull();
  });
});

describe(kindOf.name, () => {
  it.each([
    ['authentication', 'verification', 'code'],
    ['authentication', 'import_confirmation', 'notice'],
    ['transactional', 'requirement_reminders', 'notice'],
    ['announcement', 'milestone', 'announcement'],
    ['announcement', 'weekly_digest', 'digest'],
    ['announcement', 'library_suggestions', 'digest'],
    ['transactional', 'a workflow of a later build', 'notice'],
  ] as const)('takes %s of %s for a %s', (category, workflow, kind) => {
    expect(kindOf({ category, workflow })).toBe(kind);
  });
});
