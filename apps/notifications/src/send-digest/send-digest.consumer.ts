import { DigestComposedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Clock } from '@idxcoop/platform';
import { Audiences } from '../audience/audiences';
import type { CauseDetails } from '../message/message.schema';
import { orderedTime } from '../workflow/timetable';
import { settingsOf } from '../workflow/workflows';

/** An official gets the digest that they ordered, at the hour that they ordered it for. */
@EventConsumer('send-digest')
export class SendDigestConsumer {
  constructor(
    private readonly audiences: Audiences,
    private readonly clock: Clock,
  ) {}

  @OnEvent(DigestComposedV1)
  async on(event: DigestComposedV1, { id, session }: EventContext): Promise<void> {
    const at = orderedTime(event.orderedFor, event.timeZone, new Date(event.knownAt));
    const settings = settingsOf(event.period === 'daily' ? 'daily_digest' : 'weekly_digest', at);
    if (settings.expiresAt <= this.clock.now()) return;
    await this.audiences.plan(
      {
        cause: id,
        template: 'digest',
        question: { of: 'official', id: event.officialId },
        details: detailsOf(event),
        notBefore: { at, code: 'ordered_for' },
        ...settings,
      },
      session,
    );
  }
}

function detailsOf({ digestId, period, targetKey, asOf, ...event }: DigestComposedV1): CauseDetails {
  const { actual, target, gained, requiredPerWeek, daysLeft, status } = event;
  const more = Object.entries({ gained, requiredPerWeek, daysLeft, status }).filter(([, value]) => value !== undefined);
  return { digestId, period, targetKey, asOf, figures: { actual, target, ...Object.fromEntries(more) } };
}
