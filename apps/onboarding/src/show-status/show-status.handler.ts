import { Clock, type Language, say } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { activityOn } from '../cooperative/axes';
import { viewFacts } from '../cooperative/facts-view';
import type { Stage } from '../cooperative/cooperative.schema';
import { StatusToken } from '../cooperative/status-token';
import { Survivors } from '../duplicates/survivors';
import { publicFlow, VerificationFlow } from '../people/verification-flow.schema';
import { deadlineOf, listsOf, viewItem } from '../requirement/lists';
import { Requirements } from '../requirement/requirements';
import { ReviewCase } from '../review/review-case.schema';
import { nextStepOf } from './next-step';
import { NEXT_STEPS } from './show-status.templates';

/** Everything that an applicant wants to know, for the holder of the status token. */
@Injectable()
export class ShowStatusHandler {
  constructor(
    private readonly status: StatusToken,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly requirements: Requirements,
    private readonly clock: Clock,
    private readonly survivors: Survivors,
  ) {}

  async execute(id: string, authorization: string | undefined, language: Language) {
    const cooperative = await this.status.open(id, authorization);
    const now = this.clock.now();
    const [flows, [reviewCase], items] = await Promise.all([
      this.flows
        .find({ cooperativeId: id, state: 'open', expiresAt: { $gt: now }, claimId: null })
        .lean<VerificationFlow[]>(),
      this.cases.find({ cooperativeId: id, kind: 'application' }).sort({ openedAt: -1 }).limit(1).lean<ReviewCase[]>(),
      this.requirements.of(cooperative),
    ]);
    const rejection = cooperative.registration === 'rejected' ? (reviewCase?.reasons ?? []) : [];
    const lists = listsOf(items, rejection);
    const nextStep = nextStepOf(cooperative, lists.currentlyDue.length + lists.pastDue.length > 0);
    const lastSeen = cooperative.lastSeenAt;
    return {
      id,
      name: cooperative.name,
      registration: cooperative.registration,
      entity: cooperative.entity,
      ...(await this.survivors.link(cooperative)),
      activity: activityOn(lastSeen, now),
      stages: {
        registration: { state: cooperative.registration, history: cooperative.registrationHistory.map(viewStage) },
        entity: { state: cooperative.entity, history: cooperative.entityHistory.map(viewStage) },
        activity: { state: activityOn(lastSeen, now), lastSeenAt: lastSeen?.toISOString() ?? null },
      },
      requirements: { ...lists, items: items.map(viewItem) },
      deadline: deadlineOf(items),
      ...viewFacts(cooperative, now),
      nextStep: { code: nextStep, text: say(NEXT_STEPS[nextStep], language) },
      verifications: flows.map(publicFlow),
      reviewCase: reviewCase
        ? { id: reviewCase._id, state: reviewCase.state, openedAt: reviewCase.openedAt.toISOString() }
        : null,
    };
  }
}

/** Who moved the axis is the office's business. */
function viewStage({ state, effectiveOn, knownAt, reason }: Stage<string>) {
  return { state, effectiveOn, knownAt: knownAt.toISOString(), reason: reason ?? null };
}
