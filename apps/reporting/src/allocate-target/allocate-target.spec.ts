import { startReporting } from '../../../../test/support/reporting';
import { ACTIVE_COOPERATIVES_2014 } from './active-cooperatives-2014';
import { AllocateTargetController } from './allocate-target.controller';
import { largestRemainder, type Share } from './largest-remainder';

const sum = (items: readonly Share[]) => items.reduce((total, { value }) => total + value, 0);

describe(largestRemainder.name, () => {
  it.each([0, 1, 499, 500, 123_048])('divides %d over the provinces of 2014 without a rest', (whole) => {
    const weights = [...ACTIVE_COOPERATIVES_2014].map(([code, weight]) => ({ code, weight }));
    expect(sum(largestRemainder(whole, weights))).toBe(whole);
  });

  it('gives what is left to the largest remainders, and of equal ones to the lower code', () => {
    const weights = ['13', '12', '11'].map((code) => ({ code, weight: 1 }));
    expect(largestRemainder(10, weights)).toEqual([
      { code: '13', value: 3 },
      { code: '12', value: 3 },
      { code: '11', value: 4 },
    ]);
  });
});

describe(AllocateTargetController.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;

  beforeAll(async () => {
    reporting = await startReporting({ roles: ['api'] });
  });
  afterAll(() => reporting.close());

  const allocate = (key: string, body: object) =>
    reporting.http.post(`/v1/targets/${key}/allocation`).set('authorization', reporting.lead).send(body);

  it('divides the value over provinces', async () => {
    const key = await reporting.setTarget();
    const { body } = await allocate(key, { by: 'active_cooperatives_2014' }).expect(200);
    expect(body.method).toBe('largest_remainder');
    expect(body.items).toHaveLength(34);
    expect(sum(body.items)).toBe(500);
    expect(body.items).toContainEqual({ code: '35', value: 92 });
    const some = await allocate(key, { by: 'active_cooperatives_2014', areas: ['11', '12'] }).expect(200);
    expect(some.body.items).toEqual([
      { code: '11', value: 180 },
      { code: '12', value: 320 },
    ]);
  });

  it('cannot allocate to what has no weight', async () => {
    const key = await reporting.setTarget();
    const { body } = await allocate(key, { by: 'active_cooperatives_2014', areas: ['12', '93'] }).expect(422);
    expect(body).toMatchObject({ code: 'no_weight', areas: ['93'] });
    const unknown = await allocate(key, { by: 'active_cooperatives_2014', areas: ['99'] }).expect(422);
    expect(unknown.body.errors[0]).toMatchObject({ pointer: '/areas/0', code: 'unknown_region' });
    await allocate(key, { by: 'villages' }).expect(422);
  });
});
