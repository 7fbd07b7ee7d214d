import {
  IsBase64,
  IsIn,
  IsIP,
  IsISO8601,
  IsOptional,
  IsUrl,
  Matches,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { randomBytes } from 'node:crypto';
import {
  checkDkim,
  checkForProduction,
  DEVELOPMENT_SECRETS,
  parseConcurrency,
  parseDurations,
  parseRoles,
  readNumber,
  type Role,
} from './config-values';
import { type OidcSettings, parseOidc } from './config-oidc';
import { IsSigningKey, say, url, whole } from './config-rules';
import { IsPrices, parsePrices, type Prices } from './prices';

/** Everything that the environment decides. This file is the only reader of `process.env`. */
export class Config {
  @IsIn(['development', 'test', 'production'], say('must be development, test or production', 'NODE_ENV'))
  nodeEnv!: 'development' | 'test' | 'production';
  @whole('must be a port number', 'PORT', 0, 65535) port!: number;
  roles!: ReadonlySet<Role>;
  /** By queue; what is not named does as many at once as its job says. */
  jobConcurrency!: ReadonlyMap<string, number>;
  @Matches(/^[a-z][a-z0-9_-]{0,39}$/, say('must be 1 to 40 of a-z, 0-9, _ and -, and begin with a letter', 'DB_PREFIX'))
  dbPrefix!: string;

  @Matches(/^mongodb(\+srv)?:\/\/./, say('must be a mongodb:// or mongodb+srv:// URL', 'MONGODB_URI'))
  mongodbUri!: string;
  @Matches(/^amqps?:\/\/./, say('must be an amqp:// or amqps:// URL', 'RABBITMQ_URL')) rabbitmqUrl!: string;
  @IsOptional()
  @IsUrl(url('http', 'https'), say('must be an http(s) URL, or be left out', 'RABBITMQ_MANAGEMENT_URL'))
  rabbitmqManagementUrl?: string;
  @Matches(/^rediss?:\/\/./, say('must be a redis:// or rediss:// URL', 'REDIS_URL')) redisUrl!: string;
  @whole('must be a number of milliseconds', 'MONGODB_TIMEOUT_MS', 100) mongodbTimeout!: number;

  /** The base of links that people get. */
  @IsUrl(url('http', 'https'), say('must be an http(s) URL', 'PUBLIC_URL')) publicUrl!: string;
  @IsUrl(url('http', 'https'), say('must be an http(s) URL', 'ONBOARDING_URL')) onboardingUrl!: string;
  @IsUrl(url('http', 'https'), say('must be an http(s) URL', 'NOTIFICATIONS_URL')) notificationsUrl!: string;
  @IsUrl(url('http', 'https'), say('must be an http(s) URL', 'CONTENT_URL')) contentUrl!: string;
  @IsUrl(url('http', 'https'), say('must be an http(s) URL', 'REPORTING_URL')) reportingUrl!: string;
  /** How many proxies in front of us may be believed about the address of the caller. */
  @whole('must be a number of proxies', 'TRUST_PROXY', 0) trustProxy!: number;
  @whole('must be a number of bytes', 'BODY_LIMIT', 1024) bodyLimit!: number;
  @whole('must be a number of sign-ups', 'SIGN_UPS_PER_MINUTE', 1) signUpsPerMinute!: number;

  /** The day of the first start: before it, facts may say themselves when they were known. */
  @IsOptional() @IsISO8601({ strict: true }, say('must be a day, like 2026-11-24', 'LIVE_SINCE')) liveSince?: string;

  @IsOptional()
  @Matches(/^\s*\{.*"keys".*\}\s*$/s, say('must be a JSON Web Key Set: {"keys":[…]}', 'AUTH_JWKS'))
  authJwks?: string;
  @IsOptional() @IsUrl(url('http', 'https'), say('must be an http(s) URL', 'AUTH_JWKS_URL')) authJwksUrl?: string;
  /** The key that signs the tokens of those who sign in; only the process that lets them in needs it. */
  @IsOptional() @IsSigningKey() authPrivateJwk?: string;
  /** A foreign issuer whose people may enter. */
  oidc?: OidcSettings;
  @MinLength(1, say('must not be empty', 'AUTH_ISSUER')) authIssuer!: string;
  @MinLength(1, say('must not be empty', 'AUTH_AUDIENCE')) authAudience!: string;
  @MinLength(32, say('must have at least 32 characters', 'SERVICE_SECRET')) serviceSecret!: string;
  @MinLength(32, say('must have at least 32 characters', 'DERIVATION_KEY')) derivationKey!: string;
  @IsBase64({}, say('must be 32 random bytes in base64', 'ENCRYPTION_KEY'))
  @Matches(/^.{43}=$/, say('must be 32 random bytes in base64', 'ENCRYPTION_KEY'))
  encryptionKey!: string;

  @IsOptional() @IsUrl(url('smtp', 'smtps'), say('must be an smtp:// or smtps:// URL', 'SMTP_URL')) smtpUrl?: string;
  /** A second server, asked only where the first surely has not sent. */
  @IsOptional()
  @IsUrl(url('smtp', 'smtps'), say('must be an smtp:// or smtps:// URL', 'SMTP_FALLBACK_URL'))
  smtpFallbackUrl?: string;
  @Matches(/@/, say('must be an e-mail address, with or without a name', 'SMTP_FROM')) smtpFrom!: string;
  /** `server`: the mail server signs, not we. */
  @IsOptional() @IsIn(['server'], say('must be server, or be left out', 'SMTP_DKIM')) smtpDkim?: 'server';
  @IsOptional()
  @Matches(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, say('must be a domain in lower case', 'DKIM_DOMAIN'))
  dkimDomain?: string;
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, say('must be the name of a selector', 'DKIM_SELECTOR'))
  dkimSelector?: string;
  @IsOptional()
  @Matches(/-----BEGIN [A-Z ]*PRIVATE KEY-----/, say('must be a private key in PEM form', 'DKIM_PRIVATE_KEY'))
  dkimPrivateKey?: string;
  dkimPrivateKeyFile?: string;
  /** How long nothing is sent by a provider that is down, before one message tries. */
  @whole('must be a number of milliseconds', 'CIRCUIT_OPEN_MS', 1) circuitOpen!: number;
  @IsOptional() @IsUrl(url('http', 'https'), say('must be an http(s) URL', 'WHATSAPP_API_URL')) whatsappApiUrl?: string;
  whatsappToken?: string;
  /** A file with the token, read again where Meta refuses what it held. */
  whatsappTokenFile?: string;
  /** Rupiah for a message that arrived, by the category of its template. */
  @IsPrices(say('must be rupiah by category, like {"marketing":600,"utility":350.5}', 'WHATSAPP_PRICES'))
  whatsappPrices!: Prices;
  /** Rupiah of a day in Jakarta after which what goes to many waits for the next; 0: no end. */
  @whole('must be a whole number of rupiah', 'WHATSAPP_DAILY_COST_CAP', 0) whatsappDailyCostCap!: number;
  whatsappAppSecret?: string;
  whatsappVerifyToken?: string;
  whatsappPhoneNumberId?: string;
  /** Signs what the bounce mailbox posts; without it nothing is taken from there. */
  @IsOptional()
  @MinLength(16, say('must have at least 16 characters', 'MAIL_WEBHOOK_SECRET'))
  mailWebhookSecret?: string;
  /** What a provider allows, counted over all processes: messages a second, and different people in 24 hours. */
  @whole('must be a number of messages a second', 'WHATSAPP_RATE', 1, 10_000) whatsappRate!: number;
  @whole('must be a number of people', 'WHATSAPP_DAILY_PEOPLE', 1) whatsappDailyPeople!: number;
  /** The part of the people of a day that announcements leave to the others. */
  @whole('must be a percentage', 'WHATSAPP_RESERVED_PERCENT', 0, 100) whatsappReservedPercent!: number;
  @whole('must be a number of messages a second', 'SMTP_RATE', 1, 10_000) smtpRate!: number;
  /** When people are left alone, in their own zone; off outside of production, where a local catcher shows a message at any hour. */
  @Matches(
    /^(off|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/,
    say('must be like 20:00-08:00, or off', 'QUIET_HOURS'),
  )
  quietHours!: string;
  /** How long what an official is told together of a morning is waited for; short outside of production. */
  @whole('must be a number of milliseconds, a day at most', 'TOGETHER_WINDOW_MS', 0, 86_400_000)
  togetherWindow!: number;
  /** Longer than any process that may ask again for a message that went out. */
  @whole('must be a number of days, 100 at least', 'MESSAGE_RETENTION_DAYS', 100) messageRetentionDays!: number;
  /** Addresses of a test's own servers, which our calls to others may reach: never in production. */
  @IsIP(undefined, { each: true, ...say('must be addresses like 127.0.0.1, separated by commas', 'OUTBOUND_ALLOW') })
  outboundAllow!: readonly string[];
  /** The local catchers' own address: never in production. */
  @IsOptional() @IsUrl(url('http', 'https'), say('must be an http(s) URL', 'CATCHER_URL')) catcherUrl?: string;

  /** Milliseconds between the attempts of a consumer; the last attempt is dead. */
  @Min(0, { each: true, ...say('must be durations like 5s,30s,2m,10m', 'RETRY_TIERS') })
  retryTiers!: number[];
  @whole('must be a number of milliseconds', 'SCHEDULE_INTERVAL_MS', 20) scheduleInterval!: number;
  @whole('must be a number of milliseconds', 'SHUTDOWN_DEADLINE_MS', 0) shutdownDeadline!: number;
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], say('must be a level of pino', 'LOG_LEVEL'))
  logLevel!: string;

  get isProduction(): boolean {
    return this.nodeEnv === 'production';
  }

  /** A copy with other values; not validated, for tests and for programs that compose services. */
  with(values: Partial<Config>): Config {
    return Object.assign(Object.create(Config.prototype) as Config, this, values);
  }
}

/** What is wrong with the environment: all of it at once, one sentence each. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** The environment, and nothing else, as a typed and validated configuration. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const get = (name: string): string | undefined => env[name]?.trim() || undefined;
  const number = (name: string, fallback: number): number => readNumber(get(name), fallback);
  const production = get('NODE_ENV') === 'production';
  const port = number('PORT', 3000);
  const here = `http://127.0.0.1:${port > 0 ? port : 3000}`;
  const problems: string[] = [];
  const config = Object.assign(new Config(), {
    nodeEnv: get('NODE_ENV') ?? 'development',
    port,
    roles: parseRoles(get('ROLES'), problems),
    jobConcurrency: parseConcurrency(get('JOB_CONCURRENCY'), problems),
    dbPrefix: get('DB_PREFIX') ?? 'idxcoop',
    mongodbUri: get('MONGODB_URI') ?? 'mongodb://127.0.0.1:27017',
    rabbitmqUrl: get('RABBITMQ_URL') ?? 'amqp://guest:guest@127.0.0.1:5672',
    rabbitmqManagementUrl: get('RABBITMQ_MANAGEMENT_URL'),
    redisUrl: get('REDIS_URL') ?? 'redis://127.0.0.1:6379',
    mongodbTimeout: number('MONGODB_TIMEOUT_MS', 3000),
    publicUrl: get('PUBLIC_URL')?.replace(/\/+$/, '') ?? here.replace('127.0.0.1', 'localhost'),
    onboardingUrl: get('ONBOARDING_URL') ?? here,
    notificationsUrl: get('NOTIFICATIONS_URL') ?? here,
    contentUrl: get('CONTENT_URL') ?? here,
    reportingUrl: get('REPORTING_URL') ?? here,
    trustProxy: number('TRUST_PROXY', 0),
    bodyLimit: number('BODY_LIMIT', 262_144),
    signUpsPerMinute: number('SIGN_UPS_PER_MINUTE', production ? 60 : 600),
    liveSince: get('LIVE_SINCE'),
    authJwks: get('AUTH_JWKS'),
    authJwksUrl: get('AUTH_JWKS_URL'),
    authPrivateJwk: get('AUTH_PRIVATE_JWK'),
    oidc: parseOidc(env, problems),
    authIssuer: get('AUTH_ISSUER') ?? 'idxcoop',
    authAudience: get('AUTH_AUDIENCE') ?? 'idxcoop',
    serviceSecret: get('SERVICE_SECRET') ?? DEVELOPMENT_SECRETS.SERVICE_SECRET,
    derivationKey: get('DERIVATION_KEY') ?? DEVELOPMENT_SECRETS.DERIVATION_KEY,
    encryptionKey: get('ENCRYPTION_KEY') ?? DEVELOPMENT_SECRETS.ENCRYPTION_KEY,
    smtpUrl: get('SMTP_URL'),
    smtpFallbackUrl: get('SMTP_FALLBACK_URL'),
    smtpDkim: get('SMTP_DKIM'),
    dkimDomain: get('DKIM_DOMAIN'),
    dkimSelector: get('DKIM_SELECTOR'),
    dkimPrivateKey: get('DKIM_PRIVATE_KEY'),
    dkimPrivateKeyFile: get('DKIM_PRIVATE_KEY_FILE'),
    circuitOpen: number('CIRCUIT_OPEN_MS', 10_000),
    smtpFrom: get('SMTP_FROM') ?? 'IDXCOOP <no-reply@idxcoop.example>',
    whatsappApiUrl: get('WHATSAPP_API_URL'),
    whatsappToken: get('WHATSAPP_TOKEN'),
    whatsappTokenFile: get('WHATSAPP_TOKEN_FILE'),
    whatsappPrices: parsePrices(get('WHATSAPP_PRICES')),
    whatsappDailyCostCap: number('WHATSAPP_DAILY_COST_CAP', 0),
    whatsappAppSecret: get('WHATSAPP_APP_SECRET'),
    whatsappVerifyToken: get('WHATSAPP_VERIFY_TOKEN'),
    whatsappPhoneNumberId: get('WHATSAPP_PHONE_NUMBER_ID'),
    mailWebhookSecret: get('MAIL_WEBHOOK_SECRET'),
    whatsappRate: number('WHATSAPP_RATE', 80),
    whatsappDailyPeople: number('WHATSAPP_DAILY_PEOPLE', 100_000),
    whatsappReservedPercent: number('WHATSAPP_RESERVED_PERCENT', 20),
    smtpRate: number('SMTP_RATE', 100),
    quietHours: get('QUIET_HOURS') ?? (production ? '20:00-08:00' : 'off'),
    togetherWindow: number('TOGETHER_WINDOW_MS', production ? 900_000 : 2_000),
    messageRetentionDays: number('MESSAGE_RETENTION_DAYS', 400),
    outboundAllow: (get('OUTBOUND_ALLOW') ?? '').split(/[\s,]+/).filter(Boolean),
    catcherUrl: get('CATCHER_URL'),
    retryTiers: parseDurations(get('RETRY_TIERS') ?? '5s,30s,2m,10m'),
    scheduleInterval: number('SCHEDULE_INTERVAL_MS', 10_000),
    shutdownDeadline: number('SHUTDOWN_DEADLINE_MS', 20_000),
    logLevel: get('LOG_LEVEL') ?? (get('NODE_ENV') === 'test' ? 'error' : 'info'),
  });
  problems.push(
    ...violations(config),
    ...checkDkim(env, config.smtpFrom),
    ...(production ? checkForProduction(env) : []),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function violations(config: Config): string[] {
  return validateSync(config).map((error) => {
    const contexts = Object.values(error.contexts ?? {}) as { variable?: string }[];
    const variable = contexts.find((context) => context.variable)?.variable ?? error.property;
    return `${variable} ${Object.values(error.constraints ?? {})[0] ?? 'is not usable'}.`;
  });
}

/** A fresh secret for an installation that makes its own; the text form that the variables of the environment take. */
export function newSecret(): string {
  return randomBytes(32).toString('base64');
}
