import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Transform } from 'node:stream';

const NONCE = 12;
const TAG = 16;
const PIECE = 64 * 1024;
const SEALED_PIECE = NONCE + PIECE + TAG;

/**
 * Bytes encrypted in pieces (AES-256-GCM), so that what is read is checked before it is given on. Each piece knows its place and
 * whether it is the last: none can be left out, moved or cut off.
 */
export function sealing(key: Buffer): Transform {
  return inPieces(PIECE, (piece, place) => {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(place);
    return Buffer.concat([nonce, cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  });
}

/** The reverse; fails where anything was changed. */
export function opening(key: Buffer): Transform {
  return inPieces(SEALED_PIECE, (piece, place) => {
    const decipher = createDecipheriv('aes-256-gcm', key, piece.subarray(0, NONCE)).setAAD(place);
    decipher.setAuthTag(piece.subarray(-TAG));
    return Buffer.concat([decipher.update(piece.subarray(NONCE, -TAG)), decipher.final()]);
  });
}

/** Cuts a stream into pieces of one size; the last one, which may be empty, is shorter. */
function inPieces(size: number, work: (piece: Buffer, place: Buffer) => Buffer): Transform {
  let held: Buffer = Buffer.alloc(0);
  let count = 0;
  const placeOf = (isLast: boolean) => Buffer.from(`${count++}${isLast ? '.' : ''}`);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      try {
        for (; held.length >= size; held = held.subarray(size)) this.push(work(held.subarray(0, size), placeOf(false)));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        this.push(work(held, placeOf(true)));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
