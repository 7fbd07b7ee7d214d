import { issueUserToken, type UserRole } from '@idxcoop/platform';
import { generateKeyPairSync } from 'node:crypto';

// One key pair for each process of tests: tokens are only ever read by the services that it started.
const pair = generateKeyPairSync('ed25519');
const privateKey = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'EdDSA' } as Parameters<
  typeof issueUserToken
>[0];

/** The key with which test services sign the tokens of who signs in. */
export const TEST_PRIVATE_JWK = JSON.stringify(privateKey);

/** The public key set that test services are started with. */
export const TEST_JWKS = JSON.stringify({
  keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'EdDSA', use: 'sig' }],
});

export interface TokenOptions {
  roles?: UserRole[];
  territory?: string;
  subject?: string;
  cooperativeId?: string;
  sessionId?: string;
  expiresIn?: string | number;
  issuer?: string;
  audience?: string;
}

/** A user token that test services accept. */
export function token(options: TokenOptions = {}): Promise<string> {
  const { roles = [], territory = 'ID', subject = 'test-user', cooperativeId, sessionId, expiresIn = '1h' } = options;
  return issueUserToken(
    privateKey,
    { subject, roles, territory, ...(cooperativeId && { cooperativeId }), ...(sessionId && { sessionId }) },
    { issuer: options.issuer ?? 'idxcoop', audience: options.audience ?? 'idxcoop', expiresIn },
  );
}
