import { RedisTime } from './redis-time';

describe(RedisTime.name, () => {
  /** The clock of Redis is 1000 ms ahead of ours; a way takes so long there and so long back. */
  const ask = (time: RedisTime, at: number, there: number, back: number) =>
    time.learn(at, at + there + 1_000, at + there + back);

  it('never says a moment before it is there, and never a time that is earlier than it was', () => {
    const time = new RedisTime();
    for (const [at, there, back] of [
      [0, 1, 9],
      [20, 7, 1],
      [40, 3, 3],
    ] as const) {
      ask(time, at, there, back);
      expect(time.reached(5_000)).toBeGreaterThanOrEqual(4_000);
      expect(time.atMost(4_000)).toBeGreaterThanOrEqual(5_000);
    }
    expect(time.reached(5_000)).toBe(4_001);
    expect(time.atMost(4_000)).toBe(5_001);
  });

  it('forgets what is long past, so that clocks may part', () => {
    const time = new RedisTime();
    ask(time, 0, 0, 0);
    ask(time, 6_000, 8, 8);
    expect(time.reached(10_000)).toBe(9_008);
    expect(time.atMost(9_000)).toBe(10_008);
  });

  it('believes the last answer where a clock was set', () => {
    const time = new RedisTime();
    ask(time, 0, 1, 1);
    time.learn(10, 511, 12);
    expect(time.reached(5_000)).toBeGreaterThan(4_400);
  });
});
