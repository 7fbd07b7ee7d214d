import { Clock } from './clock';

describe(Clock.name, () => {
  it('tells the time of the machine until it is set', () => {
    const before = Date.now();
    expect(new Clock().now().getTime()).toBeGreaterThanOrEqual(before);
  });

  it('stands at the instant that it was set to, and moves on when told', () => {
    const clock = new Clock();
    clock.set('2020-10-08T00:00:00Z');
    clock.advance(1_500);
    expect(clock.now().toISOString()).toBe('2020-10-08T00:00:01.500Z');
  });

  it('goes back to the time of the machine', () => {
    const clock = new Clock();
    clock.set('2020-10-08T00:00:00Z');
    clock.reset();
    expect(clock.now().getUTCFullYear()).toBeGreaterThan(2020);
  });

  it('refuses to be set in production, and to what is no instant', () => {
    expect(() => new Clock(false).set('2020-10-08T00:00:00Z')).toThrow('production');
    expect(() => new Clock().set('yesterday')).toThrow('yesterday');
  });
});
