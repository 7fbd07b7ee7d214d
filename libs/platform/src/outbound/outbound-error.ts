/** Why we do not call an address that somebody gave us: the same tomorrow, unless they change it. */
export const REFUSALS = [
  'bad_url',
  'not_https',
  'credentials_in_url',
  'bad_port',
  'address_refused',
  'too_many_redirects',
] as const;
/** Why a call got no answer. */
export const FAILURES = [
  'no_such_name',
  'dns_failed',
  'timeout',
  'connection_refused',
  'connection_failed',
  'tls_failed',
  'bad_answer',
] as const;
export type OutboundCode = (typeof REFUSALS)[number] | (typeof FAILURES)[number];

/** A call to an address of others that was not made, or was not answered. Its text names no address. */
export class OutboundError extends Error {
  constructor(
    readonly code: OutboundCode,
    /** Where the trail of redirects had come to. */
    readonly url?: string,
  ) {
    super(`An outgoing call ended with ${code}`);
  }

  get isRefusal(): boolean {
    return (REFUSALS as readonly string[]).includes(this.code);
  }
}

const TLS =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/** What an error of the network or of TLS means. */
export function failureOf(error: unknown): OutboundCode {
  const { code = '', name = '' } = error as { code?: string; name?: string };
  if (error instanceof OutboundError) return error.code;
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR' || code === 'ETIMEDOUT')
    return 'timeout';
  if (code === 'ECONNREFUSED') return 'connection_refused';
  if (/^(HPE_|Z_|ERR_BROTLI|ERR__ERROR_FORMAT)/.test(code)) return 'bad_answer';
  return TLS.test(code) ? 'tls_failed' : 'connection_failed';
}
