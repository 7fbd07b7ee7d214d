import { createHash } from 'node:crypto';
import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { OidcSettings } from '../config-oidc';
import { Caller } from './caller';

const TIMEOUT = 3_000;

/**
 * Reads the tokens of one foreign issuer. It decides who somebody is; what they may do here is decided by our configuration, never
 * by a claim that happens to be named like ours.
 */
export class Oidc {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly settings: OidcSettings) {}

  get issuer(): string {
    return this.settings.issuer;
  }

  /** The person that a token stands for; rejects where it does not hold or its bearer has nothing to do here. */
  async read(token: string): Promise<Caller> {
    const { issuer, audience, algorithms } = this.settings;
    const { payload } = await jwtVerify(token, await this.keySet(), {
      algorithms: [...algorithms],
      issuer,
      audience,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: 5,
    });
    // A token for several audiences says to whom it was given: not for another program to show it here (OpenID Connect Core, 3.1.3.7).
    if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload.azp !== audience)
      throw new Error('given to another party');
    const grant = this.grantOf(payload);
    if (!grant) throw new Error('no role here');
    return new Caller(subjectOf(issuer, payload.sub as string), grant.roles, grant.territory);
  }

  private grantOf(payload: JWTPayload) {
    const value = this.settings.claim
      .split('.')
      .reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), payload);
    const carried = [value].flat();
    for (const [name, grant] of this.settings.grants) if (carried.includes(name)) return grant;
    return undefined;
  }

  /** Found once; a failure is not kept. */
  private keySet(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.findKeys().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async findKeys(): Promise<JWTVerifyGetKey> {
    const { jwksUrl = await this.discover() } = this.settings;
    return createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: TIMEOUT });
  }

  /** A document that speaks for another issuer is refused (OpenID Connect Discovery, 4.3). */
  private async discover(): Promise<string> {
    const url = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' });
    const found = (await response.json()) as { issuer?: string; jwks_uri?: string };
    if (!response.ok || found.issuer !== this.issuer || !found.jwks_uri)
      throw new Error('no usable discovery document');
    return found.jwks_uri;
  }
}

/** Foreign subjects may be e-mail addresses: nothing personal goes into histories and facts, and none can look like one of ours. */
function subjectOf(issuer: string, sub: string): string {
  return `oidc-${createHash('sha256').update(`${issuer}\n${sub}`).digest('hex').slice(0, 32)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
