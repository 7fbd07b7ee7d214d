import { newId } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startNotifications } from '../../../../test/support/notifications';
import type { Lane } from '../message/message.schema';
import { type LineLimits, limitsOf } from './line-limits';
import { type Grant, type InTheWay, Places } from './places';

describe(Places.name, () => {
  let notifications: Awaited<ReturnType<typeof startNotifications>>;
  let places: Places;

  beforeAll(async () => {
    notifications = await startNotifications({ roles: ['api'] });
    places = notifications.service.get(Places);
  });
  afterAll(() => notifications.close());

  /** A line of its own that nothing was sent on. */
  async function line(fields: Partial<LineLimits> = {}): Promise<LineLimits> {
    const limits = { ...limitsOf('whatsapp', notifications.service.config), line: newId(), rate: 1, ...fields };
    await places.endRestoring(limits, (await places.startRestoring(limits)) as string, 0);
    return limits;
  }
  const take = (limits: LineLimits, lane: Lane = 'urgent', person = newId(), allowedPeople = 100) =>
    places.take(limits, { lane, person, allowedPeople });
  const granted = async (answer: Promise<Grant | InTheWay>): Promise<Grant> => {
    const grant = await answer;
    if (!('id' in grant)) throw new Error(`${grant.limit} is in the way`);
    return grant;
  };

  it('knows nothing before it was told what was sent', async () => {
    const limits = { ...limitsOf('whatsapp', notifications.service.config), line: newId() };
    expect(await take(limits)).toMatchObject({ limit: 'forgotten' });
  });

  it('counts a second from when the bytes left, not from when they were allowed to', async () => {
    const limits = await line();
    const first = await granted(take(limits));
    expect(await take(limits)).toMatchObject({ limit: 'rate' });
    await places.left(limits, first, 0);
    const left = performance.now();
    const second = await eventually(() => granted(take(limits)));
    expect(second.from - left).toBeGreaterThan(1_000);
    expect(second.from - left).toBeLessThan(3_000);
    expect(await take(limits)).toMatchObject({ limit: 'rate' });
  });

  it('passes each place on once, however many ask at once', async () => {
    const limits = await line({ rate: 5 });
    const answers = await Promise.all(Array.from({ length: 30 }, () => take(limits)));
    expect(answers.filter((answer) => 'id' in answer)).toHaveLength(5);
  });

  it('gives back what was not used: the place, the person, and the day', async () => {
    const limits = await line();
    const grant = await granted(take(limits, 'urgent', 'siti', 1));
    expect(await take(limits, 'urgent', 'siti', 1)).toMatchObject({ limit: 'pair' });
    await places.back(limits, grant);
    const other = await granted(take(limits, 'urgent', 'budi', 1));
    await places.back(limits, other);
    await granted(take(limits, 'urgent', 'siti', 1));
  });

  it('takes nothing back that belongs to another', async () => {
    const limits = await line({ rate: 100, validity: -6_000 });
    const late = await granted(take(limits, 'urgent', 'siti'));
    await eventually(async () => granted(take({ ...limits, validity: 5_000 }, 'urgent', 'siti')));
    await places.back(limits, late);
    expect(await take(limits, 'urgent', 'siti')).toMatchObject({ limit: 'pair' });
  });

  it('frees the person of a message that was refused, and keeps the second in which it left', async () => {
    const limits = await line();
    const grant = await granted(take(limits, 'urgent', 'siti', 1));
    const left = performance.now();
    await places.freePerson(limits, grant, await places.left(limits, grant, 0));
    const again = await eventually(() => granted(take(limits, 'urgent', 'siti', 1)));
    expect(again.from - left).toBeGreaterThan(1_000);
  });

  it('lets nobody pass who is less urgent than one who waits', async () => {
    const limits = await line();
    const grant = await granted(take(limits, 'bulk'));
    expect(await take(limits, 'urgent')).toMatchObject({ limit: 'rate' });
    await places.back(limits, grant);
    expect(await take(limits, 'bulk')).toMatchObject({ limit: 'rate' });
    expect(await take(limits, 'normal')).toMatchObject({ limit: 'rate' });
    await places.back(limits, await granted(take(limits, 'urgent')));
    await eventually(() => granted(take(limits, 'bulk')), 3_000);
  });

  it('lets those pass again when the one who waited is gone', async () => {
    const limits = await line();
    const grant = await granted(take(limits, 'bulk'));
    await take(limits, 'urgent');
    await places.back(limits, grant);
    await eventually(async () => granted(take(limits, 'bulk')), 3_000);
  });

  it('calls those whom it turns away one after another', async () => {
    const limits = await line({ rate: 10 });
    const waits = await Promise.all(Array.from({ length: 10 }, () => places.later(limits, 1_000)));
    waits.forEach((wait, index) => expect(wait).toBeGreaterThan(990 + index * 80 - 50));
    expect(new Set(waits.map((wait) => Math.round(wait / 40))).size).toBe(10);
  });

  it('counts for one who counts at a time, and not where all was forgotten again meanwhile', async () => {
    const limits = { ...limitsOf('whatsapp', notifications.service.config), line: newId() };
    const token = (await places.startRestoring(limits)) as string;
    expect(await places.startRestoring(limits)).toBeNull();
    expect(await places.endRestoring(limits, 'of another', 0)).toBe(false);
    expect(await places.endRestoring(limits, token, 5_000)).toBe(true);
    expect(await take(limits)).toMatchObject({ limit: 'blocked' });
  });
});
