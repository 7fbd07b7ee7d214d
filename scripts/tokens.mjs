import { importJWK, SignJWT } from 'jose';
import { ensureKeys } from './keys.mjs';

export const ROLES = [
  'applicant',
  'assistant',
  'officer',
  'verifier',
  'editor',
  'programme_lead',
  'ministry',
  'operations',
  'privacy_officer',
];

/**
 * A token of this installation, signed with the key in its home.
 * @param {string} home
 * @param {{ role: string, territory?: string, subject?: string, hours?: number }} claims territory is a region code prefix, or ID for the nation
 * @returns {Promise<string>}
 */
export async function issueToken(home, { role, territory = 'ID', subject = role, hours = 12 }) {
  const jwk = JSON.parse(ensureKeys(home).AUTH_PRIVATE_JWK);
  return new SignJWT({ roles: [role], territory })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid })
    .setSubject(subject)
    .setIssuer(process.env['AUTH_ISSUER'] || 'idxcoop')
    .setAudience(process.env['AUTH_AUDIENCE'] || 'idxcoop')
    .setIssuedAt()
    .setExpirationTime(`${hours}h`)
    .sign(await importJWK(jwk, 'EdDSA'));
}
