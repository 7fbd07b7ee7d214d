import type { Registration } from '../cooperative/axes';
import { Cooperative } from '../cooperative/cooperative.schema';
import { deadlineOf, type NextStep, nextStepOf, requirementsOf } from './requirements';

const AT = new Date('2020-10-08T03:00:00.000Z');
const cooperative = (fields: Partial<Cooperative>) =>
  Object.assign(new Cooperative(), { registration: 'draft', origin: 'self', createdAt: AT, ...fields });

describe(nextStepOf.name, () => {
  it.each<[Registration, boolean, NextStep]>([
    ['draft', false, 'confirm_contact'],
    ['draft', true, 'submit'],
    ['submitted', true, 'wait'],
    ['in_review', true, 'wait'],
    ['rejected', true, 'mend'],
    ['verified', true, 'stay_active'],
    ['verified', false, 'confirm_contact'],
    ['withdrawn', true, 'come_back'],
    ['lapsed', false, 'sign_up_again'],
    ['duplicate', true, 'see_survivor'],
  ])('of %s with contact %s is %s', (registration, confirmed, step) => {
    expect(nextStepOf(cooperative({ registration, ...(confirmed && { contactVerifiedAt: AT }) }))).toBe(step);
  });
});

describe(requirementsOf.name, () => {
  it('asks for the contact first, then for the application', () => {
    expect(requirementsOf(cooperative({ nikKoperasi: '1271010010001' }), [])).toMatchObject({
      currentlyDue: ['verifiedContact'],
      eventuallyDue: ['legalEntityNumber', 'website', 'application'],
      satisfied: ['nikKoperasi'],
    });
    expect(requirementsOf(cooperative({ contactVerifiedAt: AT }), []).currentlyDue).toEqual(['application']);
  });

  it('says what the officer objected to', () => {
    const reasons = [{ requirement: 'legalEntityNumber', code: 'unreadable', note: 'foto buram' }];
    expect(requirementsOf(cooperative({ registration: 'rejected', contactVerifiedAt: AT }), reasons)).toMatchObject({
      errors: reasons,
      currentlyDue: ['application'],
    });
  });
});

describe(deadlineOf.name, () => {
  it.each<[string, Partial<Cooperative>, object | null]>([
    ['of a self-made draft is 14 days', {}, { at: '2020-10-22T03:00:00.000Z', requirement: 'verifiedContact' }],
    ['ends with a verified contact', { contactVerifiedAt: AT }, null],
    ['does not run for an import', { origin: 'import' }, null],
  ])('%s', (_case, fields, deadline) => {
    expect(deadlineOf(cooperative(fields))).toEqual(deadline);
  });
});
