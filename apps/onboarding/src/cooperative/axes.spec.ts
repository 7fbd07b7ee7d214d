import { ENTITIES, type Entity, REGISTRATIONS, type Registration } from './axes';
import { Cooperative } from './cooperative.schema';
import { stage } from './stage';

const AT = new Date('2020-10-08T03:00:00.000Z');
const MOVE = { at: AT, by: 'officer-12', reason: 'no_business', effectiveOn: '2020-09-30' };

function cooperative(fields: Partial<Cooperative> = {}): Cooperative {
  return Object.assign(new Cooperative(), {
    _id: '0199c1f0-0000-7000-8000-000000000001',
    name: 'Koperasi Maju',
    form: 'primary',
    type: 'savings_loan',
    regionCode: '12.71',
    registration: 'draft',
    registrationHistory: [stage('draft', { at: AT })],
    entity: 'active',
    entityHistory: [stage('active', { at: AT })],
    ...fields,
  });
}

/** What product and domain allow, written out: from each state the states that it may go to. */
const REGISTRATION_TABLE: Record<Registration, Registration[]> = {
  draft: ['submitted', 'verified', 'withdrawn', 'lapsed', 'duplicate'],
  submitted: ['in_review', 'verified', 'rejected', 'withdrawn', 'duplicate'],
  in_review: ['verified', 'rejected', 'withdrawn', 'duplicate'],
  verified: ['withdrawn', 'duplicate'],
  rejected: ['submitted', 'withdrawn', 'duplicate'],
  withdrawn: ['submitted'],
  lapsed: [],
  duplicate: [],
};
const ENTITY_TABLE: Record<Entity, Entity[]> = {
  active: ['dormant', 'dissolved', 'merged'],
  dormant: ['active', 'dissolved', 'merged'],
  dissolved: [],
  merged: [],
};

const METHOD = { active: 'revive', dormant: 'goDormant', dissolved: 'dissolve', merged: 'mergeInto' } as const;
const FACT = { active: 'revived', dormant: 'went-dormant', dissolved: 'dissolved', merged: 'merged' } as const;

describe('the axes of a cooperative', () => {
  const pairs = <State extends string>(states: readonly State[], table: Record<State, State[]>) =>
    states.flatMap((from) => states.map((to) => [from, to, table[from].includes(to)] as const));

  it.each(pairs(REGISTRATIONS, REGISTRATION_TABLE))('registration %s → %s is allowed: %s', (from, to, isAllowed) => {
    const subject = cooperative({ registration: from });
    const move = () => subject.moveTo(to, { at: AT, by: 'officer-12' });
    if (isAllowed) move();
    else expect(move).toThrow(expect.objectContaining({ code: 'wrong_state' }));
    expect(subject.registration).toBe(isAllowed ? to : from);
    expect(subject.registrationHistory).toHaveLength(isAllowed ? 2 : 1);
  });

  it.each(pairs(ENTITIES, ENTITY_TABLE))('entity %s → %s is allowed: %s', (from, to, isAllowed) => {
    const subject = cooperative({ entity: from });
    const move = () => subject[METHOD[to]](MOVE);
    if (!isAllowed) {
      expect(move).toThrow(expect.objectContaining({ code: 'wrong_state' }));
      expect([subject.entity, subject.entityHistory.length]).toEqual([from, 1]);
      return;
    }
    const fact = move();
    expect((fact.constructor as unknown as { event: string }).event).toBe(`onboarding.cooperative.${FACT[to]}.v1`);
    expect(fact).toMatchObject({ reason: 'no_business', effectiveOn: '2020-09-30', knownAt: AT.toISOString() });
    expect(subject.entityHistory.at(-1)).toEqual({
      ...{ state: to, effectiveOn: '2020-09-30', knownAt: AT, recordedAt: AT },
      ...{ by: 'officer-12', reason: 'no_business' },
    });
  });

  it.each<Entity>(['dissolved', 'merged'])('an entity that is %s hands in no application', (entity) => {
    const subject = cooperative({ entity, registration: 'draft' });
    expect(() => subject.submit('case', AT)).toThrow(expect.objectContaining({ code: 'wrong_state' }));
  });

  it('was seen when it was seen last', () => {
    const subject = cooperative();
    subject.seen(AT);
    subject.seen(new Date('2020-10-01T00:00:00.000Z'));
    expect(subject.lastSeenAt).toEqual(AT);
  });
});
