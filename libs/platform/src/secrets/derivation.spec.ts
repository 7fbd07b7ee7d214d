import { Derivation } from './derivation';

const KEY = 'a key for tests, long enough to be one';

describe(Derivation.name, () => {
  const derivation = new Derivation(KEY);

  it('gives the same six digits at each attempt, and others for another send, person or purpose', () => {
    const code = derivation.code('verification', 'flow-1', 1);
    expect(code).toMatch(/^\d{6}$/);
    expect(derivation.code('verification', 'flow-1', 1)).toBe(code);
    const others = [
      derivation.code('verification', 'flow-1', 2),
      derivation.code('verification', 'flow-2', 1),
      derivation.code('claim', 'flow-1', 1),
    ];
    expect(others).not.toContain(code);
    expect(new Derivation(`${KEY}!`).code('verification', 'flow-1', 1)).not.toBe(code);
  });

  it('spreads codes over all six digits', () => {
    const codes = new Set(Array.from({ length: 2_000 }, (_, i) => derivation.code('verification', `flow-${i}`, 1)));
    expect(codes.size).toBeGreaterThan(1_980);
    expect(new Set([...codes].map((code) => code[0])).size).toBe(10);
  });

  it('reads back what a token was made from', () => {
    const token = derivation.token('status', '0199-abc', 3);
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
    expect(derivation.readToken('status', token)).toEqual({ subjectId: '0199-abc', sendNumber: 3 });
  });

  it.each([
    ['another purpose', (token: string) => ['unsubscribe', token]],
    ['a changed signature', (token: string) => ['status', `${token.slice(0, -2)}xx`]],
    [
      'a changed subject',
      (token: string) => ['status', `${Buffer.from('1.other').toString('base64url')}.${token.split('.')[1]}`],
    ],
    [
      'another spelling of the subject',
      (token: string) => ['status', `${token.split('.')[0]}=.${token.split('.')[1]}`],
    ],
    ['no token', () => ['status', 'nonsense']],
    ['an empty text', () => ['status', '']],
    ['more parts', (token: string) => ['status', `${token}.x`]],
    ['characters beyond ASCII', (token: string) => ['status', `${token.slice(0, -1)}é`]],
  ])('refuses %s', (_, change) => {
    const [purpose, token] = change(derivation.token('status', 'subject')) as [string, string];
    expect(derivation.readToken(purpose, token)).toBeNull();
  });

  it('hashes under the key and the purpose', () => {
    expect(derivation.hash('suppression', 'siti@example.id')).toMatch(/^[0-9a-f]{64}$/);
    expect(derivation.hash('suppression', 'siti@example.id')).not.toBe(derivation.hash('limit', 'siti@example.id'));
    expect(derivation.hash('a', 'bc')).not.toBe(derivation.hash('ab', 'c'));
  });
});
