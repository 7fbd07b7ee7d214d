/** What operations may see of an address: `s***@m***.example`, `+62812****890`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return `${address.slice(0, 6)}****${address.slice(-3)}`;
  const dot = address.lastIndexOf('.');
  const ending = dot > at ? address.slice(dot) : '';
  return `${address.slice(0, 1)}***@${address.slice(at + 1, at + 2)}***${ending}`;
}

/** One form per address, so that its hash is the same however it was typed. */
export function canonicalAddress(address: string): string {
  return address.trim().toLowerCase();
}
