import { MilestoneReachedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Clock } from '@idxcoop/platform';
import { Audiences } from '../audience/audiences';
import { settingsOf, WORKFLOWS } from '../workflow/workflows';

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
    if (!WORKFLOWS.milestone.when(event, this.clock.now())) return;
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
