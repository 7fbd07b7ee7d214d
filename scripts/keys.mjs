import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ privateJwk: object, publicJwks: { keys: object[] }, serviceSecret: string, derivationKey: string, encryptionKey: string }} Keys
 * @typedef {{ AUTH_JWKS: string, SERVICE_SECRET: string, DERIVATION_KEY: string, ENCRYPTION_KEY: string }} ApplicationKeys
 */

/**
 * The keys of this installation, made once.
 * @param {string} home
 * @returns {ApplicationKeys & { AUTH_PRIVATE_JWK: string }} environment variables; AUTH_PRIVATE_JWK is for those that issue tokens only
 */
export function ensureKeys(home) {
  const file = join(home, 'keys.json');
  if (!existsSync(file)) create(home, file);
  /** @type {Keys} */
  const keys = JSON.parse(readFileSync(file, 'utf8'));
  return {
    AUTH_JWKS: JSON.stringify(keys.publicJwks),
    AUTH_PRIVATE_JWK: JSON.stringify(keys.privateJwk),
    SERVICE_SECRET: keys.serviceSecret,
    DERIVATION_KEY: keys.derivationKey,
    ENCRYPTION_KEY: keys.encryptionKey,
  };
}

/**
 * @param {string} home
 * @returns {ApplicationKeys} what every process may know: it checks tokens and cannot make them
 */
export function applicationKeys(home) {
  const { AUTH_PRIVATE_JWK: _, ...keys } = ensureKeys(home);
  return keys;
}

/**
 * @param {string} home
 * @returns {{ AUTH_PRIVATE_JWK: string }} for the process that lets people in, and no other
 */
export function signInKey(home) {
  return { AUTH_PRIVATE_JWK: ensureKeys(home).AUTH_PRIVATE_JWK };
}

/**
 * Two commands may come here at once: only one link succeeds, and both then read the same keys.
 * @param {string} home
 * @param {string} file
 */
function create(home, file) {
  mkdirSync(home, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(generate(), undefined, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

/** @returns {Keys} */
function generate() {
  const { crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  // The thumbprint of RFC 7638: these members, in this order.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv, kty: 'OKP', x }))
    .digest('base64url');
  const publicJwk = { kty: 'OKP', crv, x, kid, alg: 'EdDSA', use: 'sig' };
  const secret = () => randomBytes(32).toString('base64');
  return {
    privateJwk: { ...publicJwk, d },
    publicJwks: { keys: [publicJwk] },
    serviceSecret: secret(),
    derivationKey: secret(),
    encryptionKey: secret(),
  };
}
