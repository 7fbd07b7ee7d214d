import { activityOn, REGISTRATION_MOVES, REGISTRATIONS, type Registration } from './axes';
import { Cooperative, stage } from './cooperative.schema';

const AT = new Date('2020-10-08T03:00:00.000Z');

function cooperative(fields: Partial<Cooperative> = {}): Cooperative {
  return Object.assign(new Cooperative(), {
    _id: '0199c1f0-0000-7000-8000-000000000001',
    sequence: 0,
    name: 'Koperasi Maju',
    form: 'primary',
    type: 'savings_loan',
    regionCode: '12.71',
    legalEntityNumber: '518/BH/II/2009',
    nikKoperasi: '1271010010001',
    origin: 'self',
    registration: 'draft',
    registrationHistory: [stage('draft', { at: AT })],
    entity: 'active',
    entityHistory: [],
    createdAt: AT,
    ...fields,
  });
}

describe(Cooperative.name, () => {
  const pairs = REGISTRATIONS.flatMap((from) => REGISTRATIONS.map((to) => [from, to] as const));

  it.each(pairs)('moves from %s to %s only where the table allows it', (from, to) => {
    const subject = cooperative({ registration: from });
    if (REGISTRATION_MOVES[from].includes(to)) {
      subject.moveTo(to, { at: AT, by: 'officer-1' });
      expect(subject.registration).toBe(to);
      expect(subject.registrationHistory.at(-1)).toMatchObject({ state: to, by: 'officer-1', recordedAt: AT });
    } else {
      expect(() => subject.moveTo(to, { at: AT })).toThrow(expect.objectContaining({ code: 'wrong_state' }));
      expect(subject.registration).toBe(from);
      expect(subject.registrationHistory).toHaveLength(1);
    }
  });

  it.each<[Registration, boolean]>([
    ['submitted', true],
    ['duplicate', true],
    ['lapsed', false],
    ['withdrawn', false],
  ])('holds its hard keys as %s: %s', (state, held) => {
    const subject = cooperative();
    subject.moveTo(state, { at: AT });
    expect([subject.legalKey, subject.nikKey]).toEqual(
      held ? ['518/BH/II/2009', '1271010010001'] : [undefined, undefined],
    );
  });

  it.each<[Registration, boolean]>([
    ['verified', true],
    ['duplicate', false],
    ['lapsed', false],
  ])('is matched as %s: %s', (state, matched) => {
    const subject = cooperative();
    subject.holdKeys();
    const first = subject.matchDue;
    expect([subject.matchMarks, first]).toEqual([['12.71|name|maju'], expect.any(String)]);
    subject.moveTo(state, { at: AT });
    expect(subject.matchMarks).toEqual(matched ? ['12.71|name|maju'] : undefined);
    expect(subject.matchDue === first).toBe(matched);
  });

  it('points to its survivor as a duplicate', () => {
    const subject = cooperative({ registration: 'verified' });
    const survivorId = '0199c1f0-0000-7000-8000-000000000009';
    const fact = subject.becomeDuplicateOf(survivorId, 'same_organisation', 'officer-1', AT);
    expect(fact).toMatchObject({ survivorId, reason: 'same_organisation', effectiveOn: AT.toISOString() });
    expect([subject.registration, subject.survivorId]).toEqual(['duplicate', survivorId]);
  });

  it('takes its hard keys again when it comes back', () => {
    const subject = cooperative();
    subject.withdraw(AT);
    subject.submit('0199c1f0-0000-7000-8000-000000000002', AT);
    expect(subject.legalKey).toBe('518/BH/II/2009');
  });

  it('states facts that carry no person', () => {
    const facts = [
      cooperative().registered(AT),
      cooperative({ registration: 'submitted' }).reject('c', ['board'], 'o', AT),
    ];
    expect(facts[0]).toMatchObject({ effectiveOn: AT.toISOString(), knownAt: AT.toISOString(), origin: 'self' });
    expect(facts[1]).toMatchObject({ reasonCodes: ['board'] });
    expect(JSON.stringify(facts)).not.toContain('Koperasi Maju');
  });

  it('counts an approval on the day in Jakarta', () => {
    const subject = cooperative({ registration: 'in_review' });
    subject.approve('c', 'o', new Date('2020-10-08T17:30:00.000Z'));
    expect(subject.verifiedOn).toBe('2020-10-09');
  });
});

describe(activityOn.name, () => {
  const now = new Date('2020-12-31T00:00:00.000Z');
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);

  it.each([
    ['never', null],
    ['active', ago(0)],
    ['active', ago(30)],
    ['cooling', ago(30.1)],
    ['cooling', ago(90)],
    ['silent', ago(90.1)],
  ])('is %s', (activity, lastSeenAt) => {
    expect(activityOn(lastSeenAt, now)).toBe(activity);
  });
});
