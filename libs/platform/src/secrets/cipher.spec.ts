import { newSecret } from '../config';
import { Cipher } from './cipher';

describe(Cipher.name, () => {
  it('gives back what it encrypted, and never the same text twice', () => {
    const cipher = new Cipher(newSecret());
    const one = cipher.encrypt('0812-3456-7890 ✓');
    expect(one).not.toContain('0812');
    expect(cipher.encrypt('0812-3456-7890 ✓')).not.toBe(one);
    expect(cipher.decrypt(one)).toBe('0812-3456-7890 ✓');
  });

  it('refuses another key, a changed text and another version', () => {
    const cipher = new Cipher(newSecret());
    const text = cipher.encrypt('secret');
    expect(() => new Cipher(newSecret()).decrypt(text)).toThrow();
    expect(() => cipher.decrypt(`${text.slice(0, -4)}AAAA`)).toThrow();
    expect(() => cipher.decrypt(text.replace('v1.', 'v2.'))).toThrow('version');
  });
});
