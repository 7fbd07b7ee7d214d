import { isURL } from 'class-validator';

/** A web address with its scheme; `majubersama.example` means https. Null where the text is none. */
export function readWebsite(written: string): string | null {
  const text = written.trim();
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  const options = { protocols: ['http', 'https'], require_protocol: true, disallow_auth: true };
  return address.length <= 300 && isURL(address, options) ? address : null;
}
