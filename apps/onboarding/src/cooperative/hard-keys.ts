/**
 * A legal entity number as it is compared: `518 / BH / II / 2009`, `No. 518-bh-II-2009` and `0518/BH/II/2009` are one
 * number. What is shown stays as it was written.
 */
export function legalKey(legalEntityNumber: string): string {
  return legalEntityNumber
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^\s*(NOMOR|NO)\b[\s.:]*/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((part) => part.replace(/^0+(?=\d+$)/, ''))
    .join('/');
}

/** The cooperative's own number (Nomor Induk Koperasi): opaque digits, never parsed for meaning. */
export function nikKey(nikKoperasi: string): string {
  return nikKoperasi.normalize('NFKC').replace(/[\s.-]/g, '');
}

export const NIK_KOPERASI = /^\d{10,16}$/;
