import { Config, ConfigError, loadConfig, newSecret } from './config';

const PRODUCTION = {
  NODE_ENV: 'production',
  MONGODB_URI: 'mongodb://mongo/?replicaSet=rs0',
  RABBITMQ_URL: 'amqps://user:pass@rabbit/idxcoop',
  REDIS_URL: 'rediss://redis:6380',
  PUBLIC_URL: 'https://idxcoop.example/',
  AUTH_JWKS_URL: 'https://id.example/jwks.json',
  SERVICE_SECRET: newSecret(),
  DERIVATION_KEY: newSecret(),
  ENCRYPTION_KEY: newSecret(),
};

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe(Config.name, () => {
  it('needs nothing on the machine of a developer', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      nodeEnv: 'development',
      port: 3000,
      dbPrefix: 'idxcoop',
      retryTiers: [5_000, 30_000, 120_000, 600_000],
    });
    expect([...config.roles]).toEqual(['api', 'events', 'jobs', 'schedules']);
    expect(config.publicUrl).toBe('http://localhost:3000');
    expect(config.reportingUrl).toBe('http://127.0.0.1:3000');
    expect(config.signUpsPerMinute).toBe(600);
  });

  it('reads what is set', () => {
    const config = loadConfig({
      PORT: '8080',
      ROLES: 'jobs, schedules',
      RETRY_TIERS: '10,2s,1m',
      SMTP_URL: 'smtp://127.0.0.1:1025',
      LIVE_SINCE: '2026-11-24',
      JOB_CONCURRENCY: 'notifications-deliver=10, reporting-fold=1',
    });
    expect([...config.jobConcurrency]).toEqual([
      ['notifications-deliver', 10],
      ['reporting-fold', 1],
    ]);
    expect([...config.roles]).toEqual(['jobs', 'schedules']);
    expect(config).toMatchObject({
      port: 8080,
      retryTiers: [10, 2_000, 60_000],
      smtpUrl: 'smtp://127.0.0.1:1025',
      liveSince: '2026-11-24',
    });
  });

  it('says everything that is wrong at once, each with what to change', () => {
    const problems = problemsOf({
      PORT: 'http',
      ROLES: 'api,queen',
      JOB_CONCURRENCY: 'notifications-deliver',
      MONGODB_URI: 'mysql://x',
      RETRY_TIERS: '5s,soon',
      LOG_LEVEL: 'loud',
      SERVICE_SECRET: 'short',
    });
    expect(problems).toEqual([
      expect.stringMatching(/^ROLES must be some of api, events, jobs, schedules.*queen/),
      'JOB_CONCURRENCY must be like notifications-deliver=10, separated by commas.',
      'PORT must be a port number.',
      'MONGODB_URI must be a mongodb:// or mongodb+srv:// URL.',
      'SERVICE_SECRET must have at least 32 characters.',
      'RETRY_TIERS must be durations like 5s,30s,2m,10m.',
      'LOG_LEVEL must be a level of pino.',
    ]);
  });

  it('leaves people alone at night in production, and shows a message at any hour elsewhere', () => {
    expect(loadConfig({}).quietHours).toBe('off');
    expect(loadConfig({ QUIET_HOURS: '21:30-07:00' }).quietHours).toBe('21:30-07:00');
    expect(loadConfig(PRODUCTION).quietHours).toBe('20:00-08:00');
    expect(loadConfig({ ...PRODUCTION, QUIET_HOURS: 'off' }).quietHours).toBe('off');
    for (const QUIET_HOURS of ['20-8', '24:00-08:00', 'none'])
      expect(problemsOf({ QUIET_HOURS })).toEqual(['QUIET_HOURS must be like 20:00-08:00, or off.']);
  });

  it('wants mails signed in production: by a key of their domain, or by the mail server', () => {
    const mail = {
      ...PRODUCTION,
      SMTP_URL: 'smtp://relay.example',
      SMTP_FROM: 'IDXCOOP <no-reply@mail.idxcoop.example>',
    };
    const key = { DKIM_DOMAIN: 'idxcoop.example', DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: '/run/secrets/dkim' };
    expect(problemsOf(mail)).toEqual([expect.stringMatching(/^DKIM_DOMAIN, .*SMTP_DKIM=server/)]);
    expect(loadConfig({ ...mail, SMTP_DKIM: 'server' }).smtpDkim).toBe('server');
    expect(loadConfig({ ...mail, ...key }).dkimDomain).toBe('idxcoop.example');
    expect(problemsOf({ ...mail, ...key, DKIM_SELECTOR: undefined })).toEqual([
      expect.stringContaining('belong together'),
    ]);
    expect(problemsOf({ ...mail, ...key, DKIM_DOMAIN: 'other.example' })).toEqual([
      expect.stringContaining('must be the domain of SMTP_FROM'),
    ]);
    expect(loadConfig({ SMTP_URL: 'smtp://127.0.0.1:1025' }).dkimDomain).toBeUndefined();
  });

  it('reads prices in rupiah by category, and names what it cannot read', () => {
    const none = { authentication: 0, utility: 0, marketing: 0, service: 0 };
    expect(loadConfig({}).whatsappPrices).toEqual(none);
    expect(loadConfig({ WHATSAPP_PRICES: '{"marketing":586.33}' }).whatsappPrices).toEqual({
      ...none,
      marketing: 586.33,
    });
    for (const WHATSAPP_PRICES of ['586', '{"marketing":-1}', '{"marketing":"1"}', '{"otp":1}', '{'])
      expect(problemsOf({ WHATSAPP_PRICES })).toEqual([expect.stringMatching(/^WHATSAPP_PRICES must be rupiah/)]);
  });

  it('accepts a complete configuration of production', () => {
    const config = loadConfig(PRODUCTION);
    expect(config.isProduction).toBe(true);
    expect(config.signUpsPerMinute).toBe(60);
    expect(config.publicUrl).toBe('https://idxcoop.example');
  });

  it.each(['SERVICE_SECRET', 'DERIVATION_KEY', 'ENCRYPTION_KEY'] as const)(
    'refuses production with the standard %s',
    (name) => {
      const standard = {
        SERVICE_SECRET: loadConfig({}).serviceSecret,
        DERIVATION_KEY: loadConfig({}).derivationKey,
        ENCRYPTION_KEY: loadConfig({}).encryptionKey,
      };
      expect(problemsOf({ ...PRODUCTION, [name]: standard[name] })).toEqual([
        expect.stringContaining(`${name} must be a secret of your own`),
      ]);
      expect(problemsOf({ ...PRODUCTION, [name]: undefined })).toEqual([
        expect.stringContaining(`${name} must be a secret of your own`),
      ]);
    },
  );

  it('refuses production without stores and keys, and with catchers', () => {
    const problems = problemsOf({
      NODE_ENV: 'production',
      SERVICE_SECRET: newSecret(),
      DERIVATION_KEY: newSecret(),
      ENCRYPTION_KEY: newSecret(),
      CATCHER_URL: 'http://127.0.0.1:1080',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'MONGODB_URI',
      'RABBITMQ_URL',
      'REDIS_URL',
      'PUBLIC_URL',
      'AUTH_JWKS',
      'CATCHER_URL',
    ]);
  });
});
