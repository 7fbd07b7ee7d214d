import { CONTACT, cooperative, kept, on, SIGNED_UP, verified } from '../../../../test/support/requirements';
import type { Cooperative } from '../cooperative/cooperative.schema';
import { assess, type Kept } from './assess';
import type { RequirementKey, RequirementState } from './keys';
import { RULE_SETS, type RuleSet } from './rules';

const meeting = (bookYear: number) => ({ bookYear, reportedAt: SIGNED_UP, source: 'self' as const });

describe(assess.name, () => {
  type Row = [string, RequirementKey, Partial<Cooperative>, string, RequirementState, string | null, Kept?];
  it.each<Row>([
    ['a contact within 14 days of a sign-up', 'verifiedContact', {}, '2020-10-08', 'currently_due', '2020-10-22'],
    [
      'a contact, of an import at any time',
      'verifiedContact',
      { origin: 'import' },
      '2020-10-08',
      'currently_due',
      null,
    ],
    [
      'no contact of what lapsed',
      'verifiedContact',
      { registration: 'lapsed' },
      '2020-12-01',
      'past_due',
      '2020-10-22',
    ],
    ['nothing more of a verified contact', 'verifiedContact', CONTACT, '2020-10-08', 'satisfied', null],
    ['an application once there is a contact', 'application', {}, '2020-10-08', 'eventually_due', null],
    ['an application then', 'application', CONTACT, '2020-10-08', 'currently_due', null],
    ['a decision', 'application', { registration: 'submitted' }, '2020-10-08', 'pending_verification', null],
    ['nikKoperasi within 90 days', 'nikKoperasi', {}, '2020-10-08', 'eventually_due', '2021-01-06'],
    ['nikKoperasi now, 30 days before', 'nikKoperasi', {}, '2020-12-07', 'currently_due', '2021-01-06'],
    ['nikKoperasi now, on the day itself', 'nikKoperasi', {}, '2021-01-06', 'currently_due', '2021-01-06'],
    ['nikKoperasi, late', 'nikKoperasi', {}, '2021-01-07', 'past_due', '2021-01-06'],
    ['no nikKoperasi that was given', 'nikKoperasi', { nikKoperasi: '1271010010001' }, '2021-02-01', 'satisfied', null],
    [
      'of an import without people nothing by a day',
      'nikKoperasi',
      { origin: 'import' },
      '2021-02-01',
      'eventually_due',
      null,
    ],
    [
      'of an import 90 days after it found its people',
      'nikKoperasi',
      { origin: 'import', createdAt: new Date('2020-01-01'), ...CONTACT },
      '2020-10-08',
      'eventually_due',
      '2021-01-06',
    ],
    ['nothing of who withdrew', 'nikKoperasi', { registration: 'withdrawn' }, '2020-10-09', 'not_due', null],
    ['nothing of who was dissolved', 'completeBoard', { entity: 'dissolved' }, '2020-10-09', 'not_due', null],
    ['a legal number, some day', 'legalEntityNumber', {}, '2020-10-08', 'eventually_due', null],
    ['a board, some day', 'completeBoard', CONTACT, '2020-10-08', 'eventually_due', null],
    [
      'a board of three',
      'completeBoard',
      { boardPositions: ['chair', 'secretary'] },
      '2020-10-08',
      'eventually_due',
      null,
    ],
    [
      'no board that is complete',
      'completeBoard',
      { boardPositions: ['treasurer', 'chair', 'secretary'] },
      '2020-10-08',
      'satisfied',
      null,
    ],
    [
      'three members of a secondary one',
      'membershipCounts',
      { form: 'secondary', memberCooperatives: ['a', 'b'] },
      '2020-10-08',
      'eventually_due',
      null,
    ],
    [
      'no more than three',
      'membershipCounts',
      { form: 'secondary', memberCooperatives: ['a', 'b', 'c'] },
      '2020-10-08',
      'satisfied',
      null,
    ],
    [
      'no counts that were given',
      'membershipCounts',
      { membershipCounts: { men: 20, women: 30 } },
      '2020-10-08',
      'satisfied',
      null,
    ],
    ['an assessment, some day', 'selfAssessment', {}, '2020-10-08', 'eventually_due', null],
    ['nothing that was waived', 'nikKoperasi', {}, '2021-03-01', 'waived', null, kept('nikKoperasi', 'waived')],
    [
      'nothing while evidence waits',
      'nikKoperasi',
      {},
      '2021-03-01',
      'submitted',
      null,
      kept('nikKoperasi', 'submitted'),
    ],
    ['nothing that was accepted', 'nikKoperasi', {}, '2021-03-01', 'satisfied', null, kept('nikKoperasi', 'accepted')],
    [
      'again what was refused, by the later day',
      'nikKoperasi',
      { nikKoperasi: '1271010010001' },
      '2021-01-20',
      'rejected',
      '2021-01-30',
      kept('nikKoperasi', 'rejected', { dueOn: '2021-01-30' }),
    ],
    [
      'again what was reopened, though it is given',
      'legalEntityNumber',
      { legalEntityNumber: '518/BH/II/2009' },
      '2020-10-20',
      'currently_due',
      '2020-10-30',
      kept('legalEntityNumber', 'reopened', { dueOn: '2020-10-30' }),
    ],
  ])('asks for %s', (...[, key, fields, day, state, dueOn, row]: Row) => {
    const items = assess(cooperative(fields), row ? [row] : [], on(day));
    expect(items.filter((item) => item.key === key)).toEqual([
      expect.objectContaining({ key, state, dueOn, ruleVersion: '2020-10' }),
    ]);
  });

  it('asks a verified cooperative for board and counts within 90 days', () => {
    const items = assess(verified(), [], on('2020-11-02'));
    for (const key of ['completeBoard', 'membershipCounts'])
      expect(items.find((item) => item.key === key)).toMatchObject({ state: 'eventually_due', dueOn: '2021-01-30' });
  });

  it.each<[string, Partial<Cooperative>, string, [string, RequirementState, string | null][]]>([
    ['for the first due day after the start', {}, '2020-10-08', [['2020', 'eventually_due', '2021-06-30']]],
    ['now, once the books are closed', {}, '2021-01-02', [['2020', 'currently_due', '2021-06-30']]],
    ['now, on 30 June', {}, '2021-06-30', [['2020', 'currently_due', '2021-06-30']]],
    ['late, on 1 July', {}, '2021-07-01', [['2020', 'past_due', '2021-06-30']]],
    [
      'for the next year once one is reported',
      { annualMeetings: [meeting(2020)] },
      '2021-03-01',
      [
        ['2020', 'satisfied', null],
        ['2021', 'eventually_due', '2022-06-30'],
      ],
    ],
    [
      'for each year that is missing',
      {},
      '2022-02-01',
      [
        ['2020', 'past_due', '2021-06-30'],
        ['2021', 'currently_due', '2022-06-30'],
      ],
    ],
    [
      'for no year before it was founded',
      { foundedOn: '2021-03-01' },
      '2021-05-01',
      [['2021', 'eventually_due', '2022-06-30']],
    ],
    [
      'who started before 30 June for the year just closed',
      { createdAt: new Date('2020-06-30T05:00:00Z') },
      '2020-07-05',
      [['2019', 'past_due', '2020-06-30']],
    ],
  ])('asks for the annual meeting %s', (_case, fields, day, expected) => {
    const items = assess(cooperative(fields), [], on(day)).filter(({ key }) => key === 'annualMeeting');
    expect(items.map(({ period, state, dueOn }) => [period, state, dueOn])).toEqual(expected);
  });

  it('counts days in the zone of the cooperative', () => {
    const late = { at: new Date('2021-06-30T15:30:00.000Z') };
    const stateIn = (timeZone: string) =>
      assess(cooperative(), [], { ...late, timeZone }).find(({ key }) => key === 'annualMeeting')?.state;
    expect(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'].map(stateIn)).toEqual([
      'currently_due',
      'currently_due',
      'past_due',
    ]);
  });

  const sets: RuleSet[] = [
    ...RULE_SETS,
    {
      version: '2021-07',
      from: '2021-07-01',
      rules: [
        { key: 'nikKoperasi', blocks: ['certificate'], due: { days: 30, after: 'start' }, territories: ['35'] },
        {
          key: 'website',
          blocks: [],
          due: { days: 10, after: 'start' },
          types: ['savings_loan'],
          from: '2021-08-01',
          until: '2021-08-31',
        },
        { key: 'completeBoard', blocks: [], forms: ['secondary'] },
      ],
    },
  ];
  it.each<[string, Partial<Cooperative>, string, RequirementKey[]]>([
    ['in a territory that is not named', {}, '2021-07-01', []],
    ['in one that is', { regionCode: '35.22.01' }, '2021-07-01', ['nikKoperasi']],
    ['of a type, within its time', {}, '2021-08-31', ['website']],
    ['of a type, after it', {}, '2021-09-01', []],
    ['of another type', { type: 'producer' }, '2021-08-31', []],
    ['of a form', { form: 'secondary' }, '2021-07-01', ['completeBoard']],
  ])('goes by the rules in force: %s', (_case, fields, day, keys) => {
    const items = assess(cooperative(fields), [], on(day), sets);
    expect(items.map(({ key }) => key)).toEqual(keys);
    for (const { ruleVersion } of items) expect(ruleVersion).toBe('2021-07');
  });
});
