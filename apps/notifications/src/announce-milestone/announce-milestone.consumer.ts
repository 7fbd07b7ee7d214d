import { MilestoneReachedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Clock } from '@idxcoop/platform';
import { Audiences } from '../audience/audiences';
import { expiryOf } from '../message/expiry';

const DAY = 86_400_000;
const NEWS_FOR_DAYS = 7;

/** Programme leads are told of a milestone while it is news; one that late data places long ago is told to nobody. */
@EventConsumer('announce-milestone')
export class AnnounceMilestoneConsumer {
  constructor(
    private readonly audiences: Audiences,
    private readonly clock: Clock,
  ) {}

  @OnEvent(MilestoneReachedV1)
  async on(event: MilestoneReachedV1, { id, time, session }: EventContext): Promise<void> {
    const { targetKey, percent, reachedOn, actual } = event;
    const age = this.clock.now().getTime() - Date.parse(`${reachedOn}T00:00:00Z`);
    if (age > (NEWS_FOR_DAYS + 1) * DAY) return;
    await this.audiences.plan(
      {
        cause: id,
        template: 'milestone',
        question: { of: 'officials', id: 'programme_lead' },
        details: { targetKey, percent, reachedOn, actual },
        expiresAt: expiryOf('milestone', time),
      },
      session,
    );
  }
}
