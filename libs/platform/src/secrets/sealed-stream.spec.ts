import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { opening, sealing } from './sealed-stream';

const key = randomBytes(32);
const PIECE = 64 * 1024;
const SEALED = PIECE + 28;
const through = async (bytes: Buffer, transform: ReturnType<typeof sealing>, step = 50_000) => {
  const pieces = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
    bytes.subarray(i * step, (i + 1) * step),
  );
  const [read] = await Promise.all([buffer(transform), pipeline(Readable.from(pieces), transform)]);
  return read;
};

describe(sealing.name, () => {
  it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 300_000])('gives %i bytes back', async (size) => {
    const bytes = randomBytes(size);
    const sealed = await through(bytes, sealing(key));
    if (size > 16) expect(sealed.includes(bytes.subarray(0, 16))).toBe(false);
    expect((await through(sealed, opening(key), 7_777)).equals(bytes)).toBe(true);
  });

  it.each<[string, (sealed: Buffer) => Buffer]>([
    ['changed', (sealed) => Buffer.from(sealed.map((byte, i) => (i === 100 ? byte ^ 1 : byte)))],
    ['cut off after a piece', (sealed) => sealed.subarray(0, 2 * SEALED)],
    ['cut off within one', (sealed) => sealed.subarray(0, 2 * SEALED + 40)],
    ['robbed of a piece', (sealed) => Buffer.concat([sealed.subarray(0, SEALED), sealed.subarray(2 * SEALED)])],
    [
      'turned round',
      (sealed) =>
        Buffer.concat([sealed.subarray(SEALED, 2 * SEALED), sealed.subarray(0, SEALED), sealed.subarray(2 * SEALED)]),
    ],
  ])('does not open what was %s', async (_case, change) => {
    const sealed = await through(randomBytes(3 * PIECE + 5), sealing(key));
    await expect(through(change(sealed), opening(key))).rejects.toThrow();
  });

  it('does not open under another key', async () => {
    await expect(through(await through(Buffer.from('x'), sealing(key)), opening(randomBytes(32)))).rejects.toThrow();
  });
});
