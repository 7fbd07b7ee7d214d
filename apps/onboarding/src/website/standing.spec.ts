import { advance, nextCheck, placeInNight, placeInWeek, type Standing } from './standing';

const day = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 86_400_000);

describe(advance.name, () => {
  const run = (from: Standing, checks: [day: number, isUp: boolean][]) => {
    let standing = from;
    const changes = checks.map(([at, isUp]) => {
      const { change, ...next } = advance(standing, isUp, day(at));
      standing = next;
      return change;
    });
    return { state: standing.state, changes };
  };
  const unknown: Standing = { state: 'unknown', failures: 0 };
  const up: Standing = { state: 'up', failures: 0 };
  const down: Standing = { state: 'down', failures: 3, failingSince: day(-10) };

  it.each<[string, Standing, [number, boolean][], string, (string | null)[]]>([
    ['comes up at its first good check', unknown, [[0, true]], 'up', ['came_up']],
    [
      'tells nothing while it stays up',
      up,
      [
        [0, true],
        [7, true],
      ],
      'up',
      [null, null],
    ],
    [
      'is not down after two failures',
      up,
      [
        [0, false],
        [7, false],
      ],
      'up',
      [null, null],
    ],
    [
      'is not down after three in less than seven days',
      up,
      [
        [0, false],
        [1, false],
        [6.9, false],
      ],
      'up',
      [null, null, null],
    ],
    [
      'is down at the third failure over seven days',
      up,
      [
        [0, false],
        [3.5, false],
        [7, false],
      ],
      'down',
      [null, null, 'went_down'],
    ],
    [
      'is down once seven days are over, however many failed before',
      up,
      [
        [0, false],
        [1, false],
        [2, false],
        [7, false],
      ],
      'down',
      [null, null, null, 'went_down'],
    ],
    [
      'begins to count anew after a good check',
      up,
      [
        [0, false],
        [3.5, false],
        [4, true],
        [7, false],
        [8, false],
        [12, false],
      ],
      'up',
      [null, null, null, null, null, null],
    ],
    [
      'goes down without ever having been up',
      unknown,
      [
        [0, false],
        [3.5, false],
        [7, false],
      ],
      'down',
      [null, null, 'went_down'],
    ],
    [
      'tells nothing while it stays down',
      down,
      [
        [0, false],
        [7, false],
      ],
      'down',
      [null, null],
    ],
    ['comes up again at once', down, [[0, true]], 'up', ['came_up']],
  ])('%s', (_, from, checks, state, changes) => expect(run(from, checks)).toEqual({ state, changes }));
});

describe(nextCheck.name, () => {
  const keys = Array.from({ length: 2_000 }, (_, number) => `0199a1b2-${number}`);

  it('looks three times in seven days at one that fails', () => {
    const second = nextCheck({ state: 'up', failures: 1 }, 'k', day(0));
    const third = nextCheck({ state: 'up', failures: 2 }, 'k', second);
    expect([second, third]).toEqual([day(3.5), day(7)]);
  });

  it('gives each a night of the week of its own, week after week', () => {
    const first = nextCheck({ state: 'up', failures: 0 }, 'k', day(0));
    expect(nextCheck({ state: 'up', failures: 0 }, 'k', first).getTime() - first.getTime()).toBe(7 * 86_400_000);
    expect(nextCheck({ state: 'down', failures: 9 }, 'k', first).getTime() - first.getTime()).toBe(7 * 86_400_000);
  });

  it.each([
    ['the week', placeInWeek, 7],
    ['the night', placeInNight, 1],
  ])('spreads over %s', (_, place, days) => {
    const from = day(0.3);
    const places = keys.map((key) => place(key, from));
    const hours = new Map<number, number>();
    for (const at of places) {
      expect(at.getTime()).toBeGreaterThanOrEqual(from.getTime());
      expect(at.getTime()).toBeLessThan(day(0.3 + days).getTime());
      hours.set(at.getUTCHours(), (hours.get(at.getUTCHours()) ?? 0) + 1);
    }
    expect([...hours.keys()].sort((a, b) => a - b)).toEqual([15, 16, 17, 18, 19, 20, 21]);
    expect(Math.max(...hours.values())).toBeLessThan(keys.length / 4);
  });
});
