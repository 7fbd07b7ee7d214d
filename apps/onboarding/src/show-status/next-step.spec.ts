import type { Entity, Registration } from '../cooperative/axes';
import { type NextStep, nextStepOf } from './next-step';

describe(nextStepOf.name, () => {
  it.each<[Registration, boolean, NextStep, Entity?, boolean?]>([
    ['draft', false, 'confirm_contact'],
    ['draft', true, 'submit'],
    ['submitted', true, 'wait'],
    ['in_review', true, 'wait'],
    ['rejected', true, 'mend'],
    ['verified', true, 'stay_active'],
    ['verified', true, 'complete_profile', 'active', true],
    ['verified', true, 'entity_ended', 'dissolved', true],
    ['draft', true, 'entity_ended', 'merged'],
    ['verified', false, 'confirm_contact'],
    ['withdrawn', true, 'come_back'],
    ['lapsed', false, 'sign_up_again'],
    ['duplicate', true, 'see_survivor'],
  ])('of %s with contact %s is %s', (registration, confirmed, step, entity = 'active', isAskedNow = false) => {
    const contactVerifiedAt = confirmed ? new Date('2020-10-08T03:00:00.000Z') : undefined;
    expect(nextStepOf({ registration, contactVerifiedAt, entity }, isAskedNow)).toBe(step);
  });
});
