import { createHmac, randomBytes } from 'node:crypto';

const SECRET = 'whsec_';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Standard Webhooks: at once, then after so long. */
const WAITS = [5_000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/** An endpoint that has only failed for so long is disabled. */
export const DISABLED_AFTER_MS = 5 * 24 * HOUR;

export function newWebhookSecret(): string {
  return SECRET + randomBytes(32).toString('base64');
}

/** The header `webhook-signature`: one signature for each secret that holds. */
export function sign(secrets: readonly string[], id: string, seconds: number, body: string): string {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return signatures.join(' ');
}

/** How long to wait after so many attempts, give or take a tenth so that not all come back at once; null: no more. */
export function waitAfter(attempts: number, chance = Math.random()): number | null {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? null : Math.round(wait * (0.9 + chance * 0.2));
}
