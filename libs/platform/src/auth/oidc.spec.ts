import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { ConfigError, loadConfig } from '../config';
import { issueUserToken, Tokens } from './tokens';
import { Oidc } from './oidc';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

const ROLES = {
  claim: 'realm.groups',
  grants: {
    deputi: { roles: ['programme_lead', 'ministry'], territory: 'ID' },
    'dinas-sumut': { roles: ['officer'], territory: '12' },
  },
};

describe(Oidc.name, () => {
  let server: Server;
  let issuer: string;
  let rsa: Keys;
  let own: Keys;
  let stranger: Keys;
  let tokens: Tokens;
  const asked: string[] = [];

  beforeAll(async () => {
    rsa = await generateKeyPair('RS256', { extractable: true });
    own = await generateKeyPair('EdDSA', { extractable: true });
    stranger = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(rsa.publicKey)), kid: 'sso-1', alg: 'RS256', use: 'sig' };
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const document = { issuer, jwks_uri: `${issuer}/keys` };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : document));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'EdDSA' }] };
    tokens = new Tokens(
      loadConfig({
        AUTH_JWKS: JSON.stringify(jwks),
        OIDC_ISSUER: issuer,
        OIDC_AUDIENCE: 'idxcoop-portal',
        OIDC_ROLES: JSON.stringify(ROLES),
      }),
    );
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const PERSON = { sub: 'deputi@kemenkop.example', realm: { groups: ['staff', 'deputi'] } };
  const sign = (claims: JWTPayload, key: Keys['privateKey'] | Uint8Array = rsa.privateKey, header: object = {}) =>
    new SignJWT({ iss: issuer, aud: 'idxcoop-portal', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'sso-1', ...header })
      .setIssuedAt()
      .setExpirationTime(claims.exp ?? '5m')
      .sign(key);

  it('lets people of the ministry’s own sign-in in, with what our configuration gives them', async () => {
    const caller = await tokens.readUser(await sign(PERSON));
    expect(caller).toMatchObject({ roles: ['programme_lead', 'ministry', 'officer', 'verifier'], territory: 'ID' });
    expect(caller?.subject).toMatch(/^oidc-[0-9a-f]{32}$/);
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('keeps them in their territory, and believes no claim that is named like ours', async () => {
    const claims = {
      sub: 'x',
      realm: { groups: ['dinas-sumut'] },
      roles: ['ministry'],
      territory: 'ID',
      cooperativeId: 'c',
    };
    const caller = await tokens.readUser(await sign(claims));
    expect(caller).toMatchObject({ roles: ['officer'], territory: '12', cooperativeId: undefined });
    expect(caller?.covers('31')).toBe(false);
  });

  it.each<[string, JWTPayload]>([
    ['for another audience', { ...PERSON, aud: 'elsewhere' }],
    ['that has expired', { ...PERSON, exp: 1_600_000_000 }],
    ['that was given to another party', { ...PERSON, aud: ['idxcoop-portal', 'other'], azp: 'other' }],
    ['of somebody without a group of ours', { ...PERSON, realm: { groups: ['staff'] } }],
    ['of somebody without any group', { sub: 'x' }],
    ['of nobody', { realm: PERSON.realm }],
    ['of an issuer that nobody knows', { ...PERSON, iss: 'https://evil.example' }],
    ['that says to be ours', { ...PERSON, iss: 'idxcoop', aud: 'idxcoop', roles: ['ministry'] }],
  ])('refuses a token %s', async (_case, claims) => {
    expect(await tokens.readUser(await sign(claims))).toBeNull();
  });

  it('refuses another key, another algorithm, a public key as a secret, and no signature', async () => {
    expect(await tokens.readUser(await sign(PERSON, stranger.privateKey))).toBeNull();
    expect(await tokens.readUser(await sign(PERSON, rsa.privateKey, { alg: 'RS512' }).catch(() => 'x.y.z'))).toBeNull();
    const { n = '' } = await exportJWK(rsa.publicKey);
    expect(await tokens.readUser(await sign(PERSON, new TextEncoder().encode(n), { alg: 'HS256' }))).toBeNull();
    const [, claims] = (await sign(PERSON)).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await tokens.readUser(`${none}.${claims}.`)).toBeNull();
  });

  it('judges each issuer by its own keys: ours signs for no foreign one', async () => {
    const jwk = { ...(await exportJWK(own.privateKey)), kid: 'own' };
    const claims = { subject: 's', roles: ['officer'] as const };
    const ours = await issueUserToken(jwk, claims, { issuer: 'idxcoop', audience: 'idxcoop' });
    expect(await tokens.readUser(ours)).toMatchObject({ subject: 's' });
    const posed = await issueUserToken(jwk, claims, { issuer, audience: 'idxcoop-portal' });
    expect(await tokens.readUser(posed)).toBeNull();
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['half of it', { OIDC_ISSUER: 'https://sso.example' }, 'belong together'],
    ['an algorithm with a shared secret', { OIDC_ALGORITHMS: 'RS256,HS256' }, 'OIDC_ALGORITHMS'],
    [
      'a role that there is not',
      { OIDC_ROLES: '{"claim":"g","grants":{"a":{"roles":["king"],"territory":"ID"}}}' },
      'OIDC_ROLES',
    ],
    [
      'applicants',
      { OIDC_ROLES: '{"claim":"g","grants":{"a":{"roles":["applicant"],"territory":"ID"}}}' },
      'OIDC_ROLES',
    ],
    [
      'a territory that is none',
      { OIDC_ROLES: '{"claim":"g","grants":{"a":{"roles":["officer"],"territory":"1"}}}' },
      'OIDC_ROLES',
    ],
    ['no JSON', { OIDC_ROLES: 'deputi' }, 'OIDC_ROLES'],
  ])('refuses to start with %s', (_case, env, sentence) => {
    const whole = { OIDC_ISSUER: 'https://sso.example', OIDC_AUDIENCE: 'idxcoop', OIDC_ROLES: JSON.stringify(ROLES) };
    const start = () => loadConfig(Object.keys(env)[0] === 'OIDC_ISSUER' ? env : { ...whole, ...env });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(sentence);
  });
});
