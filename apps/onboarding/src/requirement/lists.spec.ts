import { Cooperative } from '../cooperative/cooperative.schema';
import { assess, type Kept } from './assess';
import type { RequirementKey } from './keys';
import { deadlineOf, listsOf } from './lists';

const SIGNED_UP = new Date('2020-10-08T03:00:00.000Z');
const on = (day: string, timeZone = 'Asia/Jakarta') => ({ at: new Date(`${day}T05:00:00.000Z`), timeZone });

function cooperative(fields: Partial<Cooperative> = {}): Cooperative {
  return Object.assign(new Cooperative(), {
    _id: '0199c1f0-0000-7000-8000-000000000001',
    form: 'primary',
    type: 'savings_loan',
    regionCode: '12.71.05.1003',
    origin: 'self',
    registration: 'draft',
    registrationHistory: [],
    entity: 'active',
    createdAt: SIGNED_UP,
    ...fields,
  });
}

const CONTACT = { contactVerifiedAt: SIGNED_UP };
const verified = (fields: Partial<Cooperative> = {}) => {
  const recordedAt = new Date('2020-11-01T03:00:00.000Z');
  const history = [{ state: 'verified' as const, effectiveOn: '2020-11-01', knownAt: recordedAt, recordedAt }];
  return cooperative({ ...CONTACT, registration: 'verified', registrationHistory: history, ...fields });
};
const kept = (key: RequirementKey, decision: Kept['decision'], more: Partial<Kept> = {}): Kept => ({
  ...{ key, decision, period: '', reasons: [], evidence: [] },
  ...more,
});

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
