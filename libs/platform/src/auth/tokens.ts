import { Injectable } from '@nestjs/common';
import type { ServiceName } from '@idxcoop/contracts';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  importJWK,
  type JWK,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Config } from '../config';
import { Caller, type UserRole } from './caller';
import { Oidc } from './oidc';
import { ACCESS_TOKEN_SECONDS, type Revocations } from './revocations';

const INTERNAL = 'idxcoop-internal';

/** What a user token says. */
export interface UserClaims {
  subject: string;
  roles: readonly UserRole[];
  territory?: string;
  cooperativeId?: string;
  sessionId?: string;
}

/**
 * Reads the tokens of people (EdDSA, by the key set, or those of the one foreign issuer that is configured) and of services (HS256, by
 * the shared secret): never one as the other.
 */
@Injectable()
export class Tokens {
  private readonly keys: JWTVerifyGetKey | undefined;
  private readonly secret: Uint8Array;
  private readonly foreign: Oidc | undefined;

  constructor(
    private readonly config: Config,
    private readonly revocations?: Revocations,
  ) {
    this.keys = keySet(config);
    this.secret = new TextEncoder().encode(config.serviceSecret);
    this.foreign = config.oidc && new Oidc(config.oidc);
  }

  /** The person that a token stands for, or null where it does not hold. */
  async readUser(token: string): Promise<Caller | null> {
    try {
      // Who claims to be of the foreign issuer is judged by its keys alone, and its tokens never by ours.
      if (this.foreign && decodeJwt(token).iss === this.foreign.issuer) return await this.foreign.read(token);
      return await this.readOwn(token);
    } catch {
      return null;
    }
  }

  private async readOwn(token: string): Promise<Caller | null> {
    if (!this.keys) return null;
    const { authIssuer: issuer, authAudience: audience } = this.config;
    const { payload } = await jwtVerify(token, this.keys, {
      algorithms: ['EdDSA', 'Ed25519'],
      issuer,
      audience,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: 5,
    });
    const text = (claim: unknown) => (typeof claim === 'string' ? claim : undefined);
    const roles = Array.isArray(payload.roles) ? payload.roles.filter((role) => typeof role === 'string') : [];
    const sessionId = text(payload.sid);
    if (sessionId && (await this.revocations?.has(sessionId))) return null;
    const { sub, territory, cooperativeId } = payload;
    return new Caller(sub as string, roles, text(territory) ?? '', text(cooperativeId), sessionId);
  }

  /** Whether this process can sign what people enter with. */
  get canIssue(): boolean {
    return this.config.authPrivateJwk !== undefined;
  }

  /** A short token of a session. */
  async issue(claims: UserClaims & { sessionId: string }): Promise<{ token: string; seconds: number }> {
    const { authPrivateJwk, authIssuer: issuer, authAudience: audience } = this.config;
    if (!authPrivateJwk) throw new Error('AUTH_PRIVATE_JWK is not set: nobody can sign in here');
    const options = { issuer, audience, expiresIn: `${ACCESS_TOKEN_SECONDS}s` };
    return {
      token: await issueUserToken(JSON.parse(authPrivateJwk) as JWK, claims, options),
      seconds: ACCESS_TOKEN_SECONDS,
    };
  }

  /** The public keys by which others check what is signed here. */
  publicKeys(): { keys: JWK[] } {
    return { keys: ownKeys(this.config) };
  }

  /** The service that a service token stands for, or null. */
  async readService(token: string): Promise<string | null> {
    try {
      const { payload } = await jwtVerify(token, this.secret, {
        algorithms: ['HS256'],
        issuer: INTERNAL,
        audience: INTERNAL,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 5,
      });
      return payload.sub as string;
    } catch {
      return null;
    }
  }

  /** A token of a minute with which a service asks another. */
  forService(service: ServiceName): Promise<string> {
    return new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(service)
      .setIssuer(INTERNAL)
      .setAudience(INTERNAL)
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(this.secret);
  }
}

/** Signs a user token with a private EdDSA key; for the sign-in of an installation, its ops command, and tests. */
export async function issueUserToken(
  privateKey: JWK,
  claims: UserClaims,
  options: { issuer: string; audience: string; expiresIn?: string | number },
): Promise<string> {
  const { subject, sessionId, ...rest } = claims;
  return new SignJWT({ ...rest, ...(sessionId && { sid: sessionId }) })
    .setProtectedHeader({ alg: 'EdDSA', ...(privateKey.kid && { kid: privateKey.kid }) })
    .setSubject(subject)
    .setIssuer(options.issuer)
    .setAudience(options.audience)
    .setIssuedAt()
    .setExpirationTime(options.expiresIn ?? '12h')
    .sign(await importJWK(privateKey, 'EdDSA'));
}

function keySet(config: Config): JWTVerifyGetKey | undefined {
  const keys = ownKeys(config);
  if (keys.length > 0) return createLocalJWKSet({ keys });
  return config.authJwksUrl ? createRemoteJWKSet(new URL(config.authJwksUrl), { timeoutDuration: 3_000 }) : undefined;
}

/** The keys of the configuration, and the public half of the one that signs here: the first of a name stands. */
function ownKeys({ authJwks, authPrivateJwk }: Config): JWK[] {
  const given = authJwks ? (JSON.parse(authJwks) as { keys: JWK[] }).keys : [];
  if (!authPrivateJwk) return given.map(publicHalf);
  const own = publicHalf(JSON.parse(authPrivateJwk) as JWK);
  return [...given.map(publicHalf), ...(given.some(({ x }) => x === own.x) ? [] : [own])];
}

/** What may be published of a key, whatever was put into the configuration. */
function publicHalf({ kty, crv, x, kid }: JWK): JWK {
  return { kty, crv, x, ...(kid && { kid }), alg: 'EdDSA', use: 'sig' } as JWK;
}
