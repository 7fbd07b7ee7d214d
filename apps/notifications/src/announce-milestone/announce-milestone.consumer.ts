import { MilestoneReachedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Clock } from '@idxcoop/platform';
import { DateTime } from 'luxon';
import { Audiences } from '../audience/audiences';
import { settingsOf } from '../workflow/workflows';

const NEWS_FOR_DAYS = 7;
/** Where programme leads sit; the fact does not name the target's own zone. */
const ZONE = 'Asia/Jakarta';

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
    const old = DateTime.fromISO(reachedOn, { zone: ZONE }).plus({ days: NEWS_FOR_DAYS + 1 });
    if (this.clock.now().getTime() >= old.toMillis()) return;
    await this.audiences.plan(
      {
        cause: id,
        template: 'milestone',
        question: { of: 'officials', id: 'programme_lead' },
        details: { targetKey, percent, reachedOn, actual },
        ...settingsOf('milestone', time),
      },
      session,
    );
  }
}
