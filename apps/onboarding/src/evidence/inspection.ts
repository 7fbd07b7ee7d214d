import type { EvidenceType } from '@idxcoop/contracts';
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { notEvidence } from '../problems.templates';
import { mediaTypeOf, TELLING_BYTES } from './media-type';

/** What was learnt of a file while it passed. */
export interface Inspected {
  mediaType: EvidenceType;
  size: number;
  checksum: string;
}

/** Looks at a file as it passes: lets nothing through before its type is known to be one of ours, counts and sums it up. */
export function inspection(): { stream: Transform; result(): Inspected } {
  const hash = createHash('sha256');
  let start: Buffer | undefined = Buffer.alloc(0);
  let mediaType: EvidenceType | null = null;
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      if (!start) return done(null, chunk);
      start = Buffer.concat([start, chunk]);
      if (start.length < TELLING_BYTES) return done();
      const all = start;
      mediaType = mediaTypeOf(all);
      start = undefined;
      return mediaType ? done(null, all) : done(notEvidence());
    },
    flush: (done) => done(mediaType ? null : notEvidence()),
  });
  return {
    stream,
    result() {
      if (!mediaType) throw notEvidence();
      return { mediaType, size, checksum: hash.digest('hex') };
    },
  };
}
