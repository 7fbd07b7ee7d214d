import { Injectable } from '@nestjs/common';
import type { Config } from '../config';
import { literalAddress, refusedClass } from './addresses';
import { call, type HopAnswer } from './hop';
import type { NameResolver } from './name-resolver';
import { failureOf, OutboundError } from './outbound-error';

export interface OutboundRequest {
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Refuse what is not https (`refuse`), or ask for https instead (`upgrade`). */
  https?: 'refuse' | 'upgrade';
  /** Most redirects that are followed, of a GET only; at none a redirect is the answer. */
  redirects?: number;
  /** Bytes of the answer that are read; the rest is left. */
  maxBytes?: number;
  /** For the whole of it: names, redirects and answer. */
  timeoutMs?: number;
}

export interface OutboundAnswer extends HopAnswer {
  /** Where it came from, after all redirects. */
  url: string;
  redirects: number;
}

const PORTS = new Set(['', '80', '443']);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Calls addresses that others gave us. Resolves names itself, refuses whatever is not of the public network, connects to the
 * very address that it checked (so a name that changes meanwhile changes nothing), and holds each redirect against the same.
 */
@Injectable()
export class Outbound {
  private readonly allowed: ReadonlySet<string>;

  constructor(
    private readonly resolver: NameResolver,
    config: Config,
  ) {
    this.allowed = new Set(config.isProduction ? [] : config.outboundAllow);
  }

  /** The answer, or an `OutboundError` with a stable code. */
  async request(url: string, options: OutboundRequest = {}): Promise<OutboundAnswer> {
    const { redirects: most = 0, timeoutMs = 10_000 } = options;
    const signal = AbortSignal.timeout(timeoutMs);
    let at = url;
    try {
      for (let redirects = 0; ; redirects += 1) {
        const { target, addresses } = await this.check(at, options.https, signal);
        at = target.href;
        const answer = await call(target, addresses, options, signal);
        const next = REDIRECTS.has(answer.status) ? answer.headers.location : undefined;
        if (!next || most === 0) return { ...answer, url: at, redirects };
        if (redirects === most) throw new OutboundError('too_many_redirects', at);
        at = resolveUrl(next, at);
      }
    } catch (error) {
      throw new OutboundError(signal.aborted ? 'timeout' : failureOf(error), at);
    }
  }

  /** Whether we would call an address, without calling it: throws what `request` would throw. */
  async mayCall(url: string, https?: OutboundRequest['https']): Promise<void> {
    try {
      await this.check(url, https, AbortSignal.timeout(5_000));
    } catch (error) {
      throw new OutboundError(failureOf(error), url);
    }
  }

  private async check(url: string, https: OutboundRequest['https'], signal: AbortSignal) {
    const target = readUrl(url);
    const literal = literalAddress(target.hostname);
    const addresses = literal ? [literal] : await this.resolve(target.hostname, signal);
    // Where a test's own servers listen, neither class nor port nor https is asked for.
    if (addresses.every((address) => this.allowed.has(address))) return { target, addresses };
    if (target.protocol === 'http:' && https === 'upgrade') target.protocol = 'https:';
    if (target.protocol === 'http:' && https) throw new OutboundError('not_https');
    if (!PORTS.has(target.port)) throw new OutboundError('bad_port');
    if (addresses.some((address) => refusedClass(address))) throw new OutboundError('address_refused');
    return { target, addresses };
  }

  private async resolve(name: string, signal: AbortSignal): Promise<string[]> {
    signal.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    const found = await Promise.race([this.resolver.resolve(name), aborted]);
    if ('missing' in found) throw new OutboundError(found.missing);
    if (found.addresses.length === 0) throw new OutboundError('no_such_name');
    return found.addresses;
  }
}

function readUrl(url: string): URL {
  if (!URL.canParse(url)) throw new OutboundError('bad_url');
  const target = new URL(url);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') throw new OutboundError('bad_url');
  if (target.username || target.password) throw new OutboundError('credentials_in_url');
  target.hash = '';
  return target;
}

function resolveUrl(location: string, base: string): string {
  if (!URL.canParse(location, base)) throw new OutboundError('bad_answer', base);
  return new URL(location, base).href;
}
