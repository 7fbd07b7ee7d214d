import { isValid, parse, parseCIDR } from 'ipaddr.js';

/** Where IPv6 gives out addresses of the public network; everything else is set aside for something. */
const PUBLIC_IPV6 = parseCIDR('2000::/3');
/** Public by their class, and yet doors of a cloud's own machinery. */
const METADATA = new Set(['168.63.129.16']);

/** Why an address is never called (the class it belongs to), or null where it is one of the public network. */
export function refusedClass(address: string): string | null {
  if (!isValid(address)) return 'not_an_address';
  const parsed = parse(address);
  const range = parsed.range();
  if (range !== 'unicast') return range;
  if (METADATA.has(parsed.toString())) return 'metadata';
  return parsed.kind() === 'ipv6' && !parsed.match(PUBLIC_IPV6) ? 'reserved' : null;
}

/** The address that the host of a URL spells out, or null where it is a name. URLs turn `0x7f.1` and `2130706433` into `127.0.0.1`. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isValid(bare) ? bare : null;
}
