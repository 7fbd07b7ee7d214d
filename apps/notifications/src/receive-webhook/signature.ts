import { sameText } from '@idxcoop/platform';
import type { RawBodyRequest } from '@nestjs/common';
import type { Request } from 'express';
import { createHmac } from 'node:crypto';

/** Whether a header holds `sha256=` and the HMAC of the very bytes under our secret; takes the same time for every wrong one. */
export function isSigned({ rawBody, headers }: RawBodyRequest<Request>, header: string, secret?: string): boolean {
  const signature = headers[header];
  if (!secret || !rawBody || typeof signature !== 'string') return false;
  return sameText(signature, `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`);
}
