import type { TemplateKey } from './message.schema';

const HOUR = 3_600_000;

/** How long after its cause a message is still of use; later it is not sent any more. */
const LIFE: Readonly<Record<TemplateKey, number>> = {
  verification: 24 * HOUR,
  status_link: 24 * HOUR,
  welcome: 7 * 24 * HOUR,
  approval: 14 * 24 * HOUR,
  rejection: 14 * 24 * HOUR,
  milestone: 7 * 24 * HOUR,
};

/** When a message of this template, caused at a time, is given up. */
export function expiryOf(template: TemplateKey, causedAt: Date): Date {
  return new Date(causedAt.getTime() + LIFE[template]);
}
