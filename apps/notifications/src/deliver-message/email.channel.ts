import { Config } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { Breakers, type Provider } from '../provider/breakers';
import { composeMail } from './compose-mail';
import { Dkim } from './dkim';
import { isLoopback } from './loopback';
import type { Channel, Letter, Outcome } from './outcome';
import { type Envelope, judge, maySendElsewhere, transmit } from './smtp-dialogue';

/**
 * Mail by SMTP. The message is given as a stream that begins only when the server has said "354 go on", so what happens before is
 * surely unsent, and what breaks after is unknown. A second server is asked only where the first surely has not sent.
 */
@Injectable()
export class EmailChannel implements Channel {
  constructor(
    private readonly config: Config,
    private readonly breakers: Breakers,
    private readonly dkim: Dkim,
  ) {}

  async send(letter: Letter, beforeBytes: () => Promise<void>): Promise<Outcome> {
    const { smtpUrl, smtpFallbackUrl, smtpFrom } = this.config;
    if (!smtpUrl) return { kind: 'unsent', code: 'not_configured' };
    const isLocal = isLoopback(smtpUrl) && (!smtpFallbackUrl || isLoopback(smtpFallbackUrl));
    const { mail: unsigned, from } = await composeMail(letter, smtpFrom, isLocal);
    const mail = await this.dkim.sign(unsigned);
    // The dialogue writes its own notes on an envelope, so each server has a new one.
    const envelope = () => ({ from, to: [letter.address], size: mail.length });
    const by = (provider: Provider, url: string) =>
      this.breakers.run(provider, () => sendBy(url, envelope(), mail, beforeBytes));
    const first = await by('smtp', smtpUrl);
    if (!smtpFallbackUrl || !maySendElsewhere(first)) return first;
    const second = await by('smtp_fallback', smtpFallbackUrl);
    // What the first said weighs more than that the second could not be asked.
    const isSilent = second.kind === 'unsent' || second.kind === 'held';
    return isSilent && first.kind === 'refused' ? first : second;
  }
}

async function sendBy(
  url: string,
  envelope: Envelope,
  mail: Buffer,
  beforeBytes: () => Promise<void>,
): Promise<Outcome> {
  let left = false;
  let refusedByUs: Error | undefined;
  const bytes = Readable.from(
    (async function* () {
      try {
        await beforeBytes();
      } catch (error) {
        refusedByUs = error as Error;
        throw error;
      }
      left = true;
      yield mail;
    })(),
    { objectMode: false },
  );
  try {
    return { kind: 'accepted', providerId: await transmit(url, envelope, bytes) };
  } catch (error) {
    if (refusedByUs) throw refusedByUs;
    return judge(error as Error, left);
  } finally {
    bytes.destroy();
  }
}
