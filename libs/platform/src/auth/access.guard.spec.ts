import { Controller, Get, Module, Post } from '@nestjs/common';
import {
  API_KEYS,
  Caller,
  createService,
  ForPartners,
  Internal,
  loadConfig,
  Partner,
  type PartnerIdentity,
  Public,
  Roles,
  Tokens,
} from '@idxcoop/platform';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { AccessGuard } from './access.guard';

@Controller()
class DoorsController {
  @Public()
  @Get('v1/open')
  open(@Caller() caller?: Caller) {
    return { subject: caller?.subject ?? null };
  }

  @Roles('officer', 'editor')
  @Get('v1/office')
  office(@Caller() caller: Caller) {
    return { subject: caller.subject, roles: caller.roles, territory: caller.territory };
  }

  @Roles()
  @Get('v1/me')
  me(@Caller() caller: Caller) {
    return { subject: caller.subject, cooperativeId: caller.cooperativeId ?? null };
  }

  @ForPartners('listings')
  @Get('v1/partners/me/listings')
  listings(@Partner() asking: PartnerIdentity) {
    return asking;
  }

  @ForPartners('webhooks')
  @Get('v1/partners/me/webhooks')
  webhooks() {
    return {};
  }

  @Internal()
  @Get('internal/contacts')
  contacts() {
    return { ok: true };
  }
}

const partner = { partnerId: 'p', keyId: 'k', scopes: ['listings'] };

@Module({
  controllers: [DoorsController],
  providers: [{ provide: API_KEYS, useValue: { read: async (key: string) => (key === 'idxk_good' ? partner : null) } }],
})
class DoorsModule {
  static readonly service = 'onboarding' as const;
}

@Controller('v1/forgotten')
class ForgottenController {
  @Post('door')
  open() {
    return {};
  }
}

@Controller('v1/inside')
class MisplacedController {
  @Internal()
  @Get()
  open() {
    return {};
  }
}

describe(AccessGuard.name, () => {
  let service: StartedService;
  beforeAll(async () => {
    service = await startService(DoorsModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  const get = (path: string, token?: string) => {
    const request = service.http.get(path);
    return token ? request.set('Authorization', `Bearer ${token}`) : request;
  };

  it('knows a caller by a token of the key set', async () => {
    const token = await service.token({ roles: ['officer'], territory: '12.71', subject: 'dinas-medan' });
    await get('/v1/office', token).expect(200, { subject: 'dinas-medan', roles: ['officer'], territory: '12.71' });
  });

  it('lets the ministry into what officers may, nationwide', async () => {
    const { body } = await get('/v1/office', await service.token({ roles: ['ministry'], territory: '12' })).expect(200);
    expect(body).toMatchObject({ territory: 'ID', roles: ['ministry', 'officer', 'verifier'] });
  });

  it('asks for a token, and says so', async () => {
    const { headers, body } = await get('/v1/office').expect(401);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(body.code).toBe('unauthenticated');
  });

  it('refuses a caller without the role', async () => {
    const { body } = await get('/v1/office', await service.token({ roles: ['applicant'] })).expect(403);
    expect(body.code).toBe('forbidden');
  });

  it('lets everybody who is signed in where no role is named', async () => {
    const token = await service.token({ roles: ['applicant'], subject: 'a', cooperativeId: 'c' });
    await get('/v1/me', token).expect(200, { subject: 'a', cooperativeId: 'c' });
    await get('/v1/me').expect(401);
  });

  it('knows who asks on a public route, and lets all others in', async () => {
    await get('/v1/open', await service.token({ subject: 'known' })).expect(200, { subject: 'known' });
    await get('/v1/open').expect(200, { subject: null });
    await get('/v1/open', 'a-status-token').expect(200, { subject: null });
    await get('/v1/open', 'not.a.token').expect(200, { subject: null });
  });

  it.each([
    ['expired', { expiresIn: '-1h' }],
    ['for another audience', { audience: 'elsewhere' }],
    ['of another issuer', { issuer: 'somebody' }],
  ])('refuses a token that is %s', async (_, options) => {
    await get('/v1/office', await service.token({ roles: ['officer'], ...options })).expect(401);
  });

  it('refuses a token of another key, of another algorithm, and of none', async () => {
    const sign = (alg: string, key: CryptoKey | Uint8Array) =>
      new SignJWT({ roles: ['officer'], territory: 'ID' })
        .setProtectedHeader({ alg, kid: 'test' })
        .setSubject('s')
        .setIssuer('idxcoop')
        .setAudience('idxcoop')
        .setExpirationTime('1h')
        .sign(key);
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    await get('/v1/office', await sign('EdDSA', privateKey)).expect(401);
    const { x } = await exportJWK(publicKey);
    await get('/v1/office', await sign('HS256', new TextEncoder().encode(`${x}${x}`))).expect(401);
    const claims = Buffer.from(
      JSON.stringify({ sub: 's', roles: ['officer'], iss: 'idxcoop', aud: 'idxcoop', exp: 4e9 }),
    ).toString('base64url');
    await get('/v1/office', `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`).expect(401);
  });

  it('opens to a partner what its key is for, and nothing of people and services', async () => {
    await get('/v1/partners/me/listings', 'idxk_good').expect(200, partner);
    await get('/v1/partners/me/webhooks', 'idxk_good').expect(403);
    await get('/v1/partners/me/listings', 'idxk_bad').expect(401);
    await get('/v1/partners/me/listings').expect(401);
    for (const path of ['/v1/office', '/v1/me', '/internal/contacts']) await get(path, 'idxk_good').expect(401);
    const everything = await service.token({ roles: ['ministry', 'operations', 'privacy_officer'] });
    await get('/v1/partners/me/listings', everything).expect(401);
  });

  it('keeps services and people apart', async () => {
    const own = await service.get(Tokens).forService('notifications');
    await get('/internal/contacts', own).expect(200, { ok: true });
    await get('/internal/contacts').expect(401);
    await get('/internal/contacts', await service.token({ roles: ['ministry', 'operations'] })).expect(401);
    await get('/v1/office', own).expect(401);
    await get('/v1/open', own).expect(200, { subject: null });
    const stranger = new Tokens(loadConfig({ SERVICE_SECRET: 'x'.repeat(40) }));
    await get('/internal/contacts', await stranger.forService('notifications')).expect(401);
  });

  it.each([
    [ForgottenController, 'ForgottenController.open (/v1/forgotten/door) needs one of'],
    [MisplacedController, 'MisplacedController.open (/v1/inside): @Internal() and a path under /internal go together'],
  ])('refuses to start with %p', async (controller, message) => {
    @Module({ controllers: [controller] })
    class CarelessModule {
      static readonly service = 'onboarding' as const;
    }
    const config = loadConfig({ ...process.env, LOG_LEVEL: 'silent' });
    await expect(createService(CarelessModule, { config })).rejects.toThrow(message);
  });
});
