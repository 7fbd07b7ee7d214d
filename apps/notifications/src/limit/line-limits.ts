import type { Channel } from '@idxcoop/contracts';
import type { Config } from '@idxcoop/platform';

export const SECOND = 1_000;
export const DAY = 24 * 3_600_000;

/** What a provider allows on one line, which all processes share. */
export interface LineLimits {
  /** `whatsapp:<phone number id>`, `smtp:<host>`. */
  line: string;
  channel: Channel;
  /** Messages in any second. */
  rate: number;
  /** Milliseconds between two messages to the same person; 0 where nobody minds. */
  perPerson: number;
  /** Different people in any 24 hours; 0 where nobody counts. */
  dailyPeople: number;
  /** The part of `dailyPeople` that is not for the many. */
  reserved: number;
  /** How long after its moment a permit may still be used; so long its places are lost where its holder died. */
  validity: number;
}

/** The limits of the line that a channel uses. */
export function limitsOf(channel: Channel, config: Config): LineLimits {
  if (channel === 'email') {
    const line = `smtp:${config.smtpUrl ? new URL(config.smtpUrl).hostname : 'none'}`;
    // A mail server may take its time until it says "go on".
    return { line, channel, rate: config.smtpRate, perPerson: 0, dailyPeople: 0, reserved: 0, validity: 30 * SECOND };
  }
  return {
    line: `whatsapp:${config.whatsappPhoneNumberId ?? 'none'}`,
    channel,
    rate: config.whatsappRate,
    perPerson: 6 * SECOND,
    dailyPeople: config.whatsappDailyPeople,
    reserved: config.whatsappReservedPercent / 100,
    validity: 5 * SECOND,
  };
}
