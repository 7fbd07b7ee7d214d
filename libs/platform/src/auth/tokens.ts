import { Injectable } from '@nestjs/common';
import type { ServiceName } from '@idxcoop/contracts';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  importJWK,
  type JWK,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Config } from '../config';
import { Caller, type UserRole } from './caller';

const INTERNAL = 'idxcoop-internal';

/** What a user token says. */
export interface UserClaims {
  subject: string;
  roles: readonly UserRole[];
  territory?: string;
  cooperativeId?: string;
}

/** Reads the tokens of people (EdDSA, by the key set) and of services (HS256, by the shared secret): never one as the other. */
@Injectable()
export class Tokens {
  private readonly keys: JWTVerifyGetKey | undefined;
  private readonly secret: Uint8Array;

  constructor(private readonly config: Config) {
    this.keys = keySet(config);
    this.secret = new TextEncoder().encode(config.serviceSecret);
  }

  /** The person that a token stands for, or null where it does not hold. */
  async readUser(token: string): Promise<Caller | null> {
    if (!this.keys) return null;
    const { authIssuer: issuer, authAudience: audience } = this.config;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: ['EdDSA', 'Ed25519'],
        issuer,
        audience,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 5,
      });
      const roles = Array.isArray(payload.roles) ? payload.roles.filter((role) => typeof role === 'string') : [];
      const territory = typeof payload.territory === 'string' ? payload.territory : '';
      const cooperativeId = typeof payload.cooperativeId === 'string' ? payload.cooperativeId : undefined;
      return new Caller(payload.sub as string, roles, territory, cooperativeId);
    } catch {
      return null;
    }
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
  const { subject, ...rest } = claims;
  return new SignJWT({ ...rest })
    .setProtectedHeader({ alg: 'EdDSA', ...(privateKey.kid && { kid: privateKey.kid }) })
    .setSubject(subject)
    .setIssuer(options.issuer)
    .setAudience(options.audience)
    .setIssuedAt()
    .setExpirationTime(options.expiresIn ?? '12h')
    .sign(await importJWK(privateKey, 'EdDSA'));
}

function keySet(config: Config): JWTVerifyGetKey | undefined {
  if (config.authJwks) return createLocalJWKSet(JSON.parse(config.authJwks) as { keys: JWK[] });
  return config.authJwksUrl ? createRemoteJWKSet(new URL(config.authJwksUrl), { timeoutDuration: 3_000 }) : undefined;
}
