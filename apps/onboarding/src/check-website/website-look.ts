import { Clock, Outbound, OutboundError } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { judgeAnswer, judgeHost } from '../website/judge';
import type { Finding } from '../website/website-watch.schema';

/** Asks for https, follows at most five redirects and reads the beginning of the page. */
@Injectable()
export class WebsiteLook {
  constructor(
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  async at(target: string): Promise<Finding> {
    const about = { target, checkedAt: this.clock.now() };
    const byHost = URL.canParse(target) ? judgeHost(target) : 'bad_url';
    if (byHost) return { ...about, isUp: false, reason: byHost };
    try {
      const answer = await this.outbound.request(target, {
        https: 'upgrade',
        redirects: 5,
        maxBytes: 262_144,
        timeoutMs: 20_000,
        headers: { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1', 'accept-language': 'id,en;q=0.5' },
      });
      const reason = judgeAnswer(answer);
      return {
        ...about,
        finalUrl: answer.url.slice(0, 1_000),
        status: answer.status,
        redirects: answer.redirects,
        isUp: !reason,
        ...(reason && { reason }),
        digest: createHash('sha256').update(answer.body).digest('hex'),
      };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { ...about, isUp: false, reason: error.code, ...(error.url && { finalUrl: error.url.slice(0, 1_000) }) };
    }
  }
}
