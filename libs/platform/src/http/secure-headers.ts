import helmet from 'helmet';

/** Headers that keep a browser on guard. Only in production is everything behind TLS. */
export function secureHeaders({ isProduction }: { isProduction: boolean }): ReturnType<typeof helmet> {
  return helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: isProduction ? [] : null } } });
}
