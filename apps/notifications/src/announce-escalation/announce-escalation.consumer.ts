import { ReviewEscalatedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { dayIn, Regions } from '@idxcoop/platform';
import type { Question } from '../audience/audience.schema';
import { Audiences } from '../audience/audiences';
import { settingsOf } from '../workflow/workflows';

/** Whoever got a case because another office let its deadline pass is told: the officer, or their office. */
@EventConsumer('announce-escalation')
export class AnnounceEscalationConsumer {
  constructor(
    private readonly audiences: Audiences,
    private readonly regions: Regions,
  ) {}

  @OnEvent(ReviewEscalatedV1)
  async on(event: ReviewEscalatedV1, { id, time, session }: EventContext): Promise<void> {
    const { cooperativeId, reviewCaseId, officeCode } = event;
    const zone = this.regions.find(officeCode)?.timeZone ?? 'Asia/Jakarta';
    const [missedOn, dueOn] = [event.missedAt, event.dueAt].map((at) => dayIn(zone, new Date(at)));
    await this.audiences.plan(
      {
        cause: id,
        template: 'case_escalated',
        question: toWhom(event),
        cooperativeId,
        details: { reviewCaseId, missedOn, dueOn },
        ...settingsOf('escalation', time),
      },
      session,
    );
  }
}

function toWhom({ officialId, office, regionCode }: ReviewEscalatedV1): Question {
  if (officialId) return { of: 'official', id: officialId };
  if (office === 'ministry') return { of: 'officials', id: 'ministry' };
  return { of: 'officials', id: 'officer', territory: regionCode, level: office };
}
