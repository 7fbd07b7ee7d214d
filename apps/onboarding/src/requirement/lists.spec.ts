import { CONTACT, cooperative, kept, on, verified } from '../../../../test/support/requirements';
import type { Cooperative } from '../cooperative/cooperative.schema';
import { assess } from './assess';
import { deadlineOf, listsOf } from './lists';

describe(assess.name, () => {
  it('says who gave it and what it blocks', () => {
    const facts = { nikKoperasi: '1271010010001', factSources: { nikKoperasi: 'officer' as const } };
    const items = assess(
      cooperative({ ...facts, legalEntityNumber: '1/BH/2009', origin: 'import' }),
      [],
      on('2020-10-08'),
    );
    expect(items.find(({ key }) => key === 'nikKoperasi')).toMatchObject({
      source: 'officer',
      blocks: ['certificate'],
    });
    expect(items.find(({ key }) => key === 'legalEntityNumber')).toMatchObject({ source: 'import' });
    expect(items.find(({ key }) => key === 'website')).toMatchObject({ source: null });
  });
});

describe(listsOf.name, () => {
  it('puts each key into one list, by its most urgent period', () => {
    const items = assess(
      verified({ legalEntityNumber: '1/BH/2009' }),
      [kept('website', 'submitted')],
      on('2022-02-01'),
    );
    expect(listsOf(items)).toEqual({
      pastDue: ['nikKoperasi', 'completeBoard', 'membershipCounts', 'annualMeeting'],
      currentlyDue: [],
      pendingVerification: ['website'],
      eventuallyDue: ['selfAssessment'],
      satisfied: ['verifiedContact', 'legalEntityNumber', 'application'],
      errors: [],
    });
  });

  it('names what the officers objected to, each once', () => {
    const reason = { requirement: 'website', code: 'unreadable', note: 'foto buram' };
    const items = assess(cooperative(), [kept('website', 'rejected', { reasons: [reason] })], on('2020-10-08'));
    const other = { requirement: 'board', code: 'missing' };
    expect(listsOf(items, [reason, other])).toMatchObject({
      currentlyDue: ['verifiedContact', 'website'],
      errors: [reason, other],
    });
  });
});

describe(deadlineOf.name, () => {
  it.each<[string, Partial<Cooperative>, object]>([
    [
      'that of the contact first',
      {},
      { at: '2020-10-22T03:00:00.000Z', on: '2020-10-22', requirement: 'verifiedContact' },
    ],
    ['then nikKoperasi', CONTACT, { at: '2021-01-06T16:59:59.999Z', on: '2021-01-06', requirement: 'nikKoperasi' }],
    [
      'then the annual meeting',
      { ...CONTACT, nikKoperasi: '1271010010001' },
      { at: '2021-06-30T16:59:59.999Z', on: '2021-06-30', requirement: 'annualMeeting' },
    ],
  ])('is %s', (_case, fields, deadline) => {
    expect(deadlineOf(assess(cooperative(fields), [], on('2020-10-08')))).toEqual(deadline);
  });

  it('does not run for who withdrew', () => {
    expect(deadlineOf(assess(cooperative({ ...CONTACT, registration: 'withdrawn' }), [], on('2020-10-09')))).toBeNull();
  });
});
