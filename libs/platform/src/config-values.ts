/** What a process does of its service; operations scale one role of one service alone. */
export type Role = 'api' | 'events' | 'jobs' | 'schedules';
export const ROLES: readonly Role[] = ['api', 'events', 'jobs', 'schedules'];

/** Good enough for a developer's machine, refused in production. */
export const DEVELOPMENT_SECRETS = {
  SERVICE_SECRET: 'development-only-service-secret-0000',
  DERIVATION_KEY: 'development-only-derivation-key-0000',
  ENCRYPTION_KEY: 'ZGV2ZWxvcG1lbnQtb25seS1lbmNyeXB0aW9uLWtleTA=',
} as const;

const STORES = ['MONGODB_URI', 'RABBITMQ_URL', 'REDIS_URL', 'PUBLIC_URL'] as const;

/** What production insists on: stores that were named, secrets of its own, a key set, no catchers. */
export function checkForProduction(env: NodeJS.ProcessEnv): string[] {
  const problems: string[] = [];
  const missing = (name: string): boolean => !env[name]?.trim();
  for (const name of STORES) {
    if (missing(name)) problems.push(`${name} must be set in production.`);
  }
  for (const [name, standard] of Object.entries(DEVELOPMENT_SECRETS)) {
    if (missing(name) || env[name] === standard) {
      problems.push(
        `${name} must be a secret of your own in production: put there what \`openssl rand -base64 32\` prints.`,
      );
    }
  }
  if (missing('AUTH_JWKS') && missing('AUTH_JWKS_URL')) {
    problems.push('AUTH_JWKS or AUTH_JWKS_URL must be set in production: the public keys of those who issue tokens.');
  }
  if (!missing('CATCHER_URL'))
    problems.push('CATCHER_URL must not be set in production: it opens what people were sent.');
  if (!missing('OUTBOUND_ALLOW'))
    problems.push('OUTBOUND_ALLOW must not be set in production: it opens our own network to addresses of others.');
  return problems;
}

/** The roles of a process, all of them where nothing is said. */
export function parseRoles(text: string | undefined, problems: string[]): ReadonlySet<Role> {
  if (!text) return new Set(ROLES);
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.filter((name) => !ROLES.includes(name as Role));
  if (unknown.length > 0 || names.length === 0) {
    problems.push(
      `ROLES must be some of ${ROLES.join(', ')}, separated by commas; ${unknown.join(', ')} is none of them.`,
    );
  }
  return new Set(names as Role[]);
}

/** `5s,30s,2m` as milliseconds; a bare number is milliseconds. What cannot be read is NaN, so that validation names it. */
export function parseDurations(text: string): number[] {
  const units: Record<string, number> = { '': 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  return text.split(',').map((part) => {
    const match = /^(\d+)\s*(ms|s|m|h)?$/.exec(part.trim());
    return match ? Number(match[1]) * (units[match[2] ?? ''] ?? Number.NaN) : Number.NaN;
  });
}

/** `notifications-deliver=10,…`: how many jobs of a queue a process does at once, where it is not what the job itself says. */
export function parseConcurrency(text: string | undefined, problems: string[]): ReadonlyMap<string, number> {
  const pairs = (text ?? '').split(',').filter((part) => part.trim());
  const read = pairs.map((part) => /^\s*([a-z-]+)=([1-9]\d{0,3})\s*$/.exec(part));
  if (read.includes(null)) problems.push('JOB_CONCURRENCY must be like notifications-deliver=10, separated by commas.');
  return new Map(read.flatMap((match) => (match ? [[match[1] as string, Number(match[2])] as const] : [])));
}

/** A number of the environment; what is not one is NaN, so that validation names it. */
export function readNumber(text: string | undefined, fallback: number): number {
  return text === undefined ? fallback : Number(text);
}

/** The key that signs mails: all of it or nothing, for the domain that they come from; production sends no mail that nobody signs. */
export function checkDkim(env: NodeJS.ProcessEnv, from: string): string[] {
  const get = (name: string): string => env[name]?.trim() ?? '';
  const key = get('DKIM_PRIVATE_KEY') || get('DKIM_PRIVATE_KEY_FILE');
  const parts = [get('DKIM_DOMAIN'), get('DKIM_SELECTOR'), key].filter(Boolean).length;
  if (parts === 0) {
    const isUnsigned = get('NODE_ENV') === 'production' && get('SMTP_URL') !== '' && get('SMTP_DKIM') === '';
    return isUnsigned
      ? [
          'DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY_FILE must be set in production, or SMTP_DKIM=server where the mail server signs.',
        ]
      : [];
  }
  if (parts < 3) return ['DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY or DKIM_PRIVATE_KEY_FILE belong together.'];
  const domain = /@([^\s>]+)/.exec(from)?.[1]?.toLowerCase() ?? '';
  const signs = get('DKIM_DOMAIN');
  const isAligned = domain === signs || domain.endsWith(`.${signs}`) || signs.endsWith(`.${domain}`);
  return isAligned ? [] : [`DKIM_DOMAIN must be the domain of SMTP_FROM, ${domain}, or one above it.`];
}
