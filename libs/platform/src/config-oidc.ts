import { USER_ROLES, type UserRole } from './auth/caller';

/** What somebody of the foreign issuer may do here, by a value of one of their claims. */
export interface OidcGrant {
  roles: readonly UserRole[];
  territory: string;
}

/** A foreign issuer whose people may enter: the ministry's own sign-in. */
export interface OidcSettings {
  issuer: string;
  audience: string;
  /** Without it the issuer's discovery document says where its keys are. */
  jwksUrl?: string;
  algorithms: readonly string[];
  /** The claim that is looked up in the grants; a path of member names with dots. */
  claim: string;
  /** In the order of the configuration: the first whose value the token carries decides. */
  grants: ReadonlyMap<string, OidcGrant>;
}

/** By a public key only: who can check a token must not be able to make one. */
const ASYMMETRIC = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];
const TERRITORY = /^(ID|\d{2}(\.\d{2}){0,2}(\.\d{4})?)$/;
const SHAPE = '{"claim":"groups","grants":{"deputi":{"roles":["programme_lead"],"territory":"ID"}}}';

/** The foreign issuer of the environment: all that belongs to it, or nothing. */
export function parseOidc(env: NodeJS.ProcessEnv, problems: string[]): OidcSettings | undefined {
  const get = (name: string) => env[name]?.trim() || undefined;
  const issuer = get('OIDC_ISSUER');
  const audience = get('OIDC_AUDIENCE');
  const roles = get('OIDC_ROLES');
  const jwksUrl = get('OIDC_JWKS_URL');
  if (!issuer && !audience && !roles && !jwksUrl) return undefined;
  if (!issuer || !audience || !roles) {
    problems.push('OIDC_ISSUER, OIDC_AUDIENCE and OIDC_ROLES belong together.');
    return undefined;
  }
  for (const [name, url] of Object.entries({ OIDC_ISSUER: issuer, OIDC_JWKS_URL: jwksUrl ?? issuer })) {
    if (!isSafe(url, get('NODE_ENV') === 'production')) problems.push(`${name} must be an https:// URL.`);
  }
  const algorithms = (get('OIDC_ALGORITHMS') ?? 'RS256,PS256,ES256,EdDSA').split(',').map((name) => name.trim());
  const unknown = algorithms.filter((name) => !ASYMMETRIC.includes(name));
  if (unknown.length > 0) problems.push(`OIDC_ALGORITHMS must be some of ${ASYMMETRIC.join(', ')}.`);
  const mapped = readGrants(roles);
  if (!mapped) problems.push(`OIDC_ROLES must be like ${SHAPE}, with roles and territories that there are.`);
  return mapped && { issuer, audience, algorithms, ...mapped, ...(jwksUrl && { jwksUrl }) };
}

function isSafe(text: string, production: boolean): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && !production);
}

function readGrants(text: string): Pick<OidcSettings, 'claim' | 'grants'> | undefined {
  try {
    const { claim, grants } = JSON.parse(text) as { claim: unknown; grants: Record<string, OidcGrant> };
    const entries = Object.entries(grants);
    const isSound = entries.every(([, grant]) => isGrant(grant));
    return typeof claim === 'string' && claim && entries.length > 0 && isSound
      ? { claim, grants: new Map(entries) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** An applicant speaks for one cooperative, which nobody outside can know. */
function isGrant({ roles, territory }: OidcGrant): boolean {
  const known = Array.isArray(roles) && roles.every((role) => USER_ROLES.includes(role) && role !== 'applicant');
  return known && roles.length > 0 && TERRITORY.test(territory);
}
