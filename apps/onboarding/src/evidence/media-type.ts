import type { EvidenceType } from '@idxcoop/contracts';

const MAGIC: readonly [EvidenceType, Buffer][] = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
];

/** So many bytes tell the type of a file. */
export const TELLING_BYTES = 8;

/** What a file is by its first bytes, whatever it is called and said to be; null where it is none of ours. */
export function mediaTypeOf(start: Buffer): EvidenceType | null {
  return MAGIC.find(([, magic]) => start.subarray(0, magic.length).equals(magic))?.[0] ?? null;
}
