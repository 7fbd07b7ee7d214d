import {
  event,
  ReviewAssignedV1,
  ReviewEscalatedV1,
  ReviewPausedV1,
  ReviewRescheduledV1,
  ReviewResumedV1,
} from '@idxcoop/contracts';
import type { Escalation, ReviewCase } from './review-case.schema';

/** Who did something to a case, when, and why. */
export interface Deed {
  at: Date;
  by: string;
  reason: string;
}

function about(found: ReviewCase, { at, by, reason }: Deed) {
  return {
    reviewCaseId: found._id,
    cooperativeId: found.cooperativeId,
    regionCode: found.regionCode,
    office: found.office.level,
    officeCode: found.office.code,
    reason,
    by,
    effectiveOn: at.toISOString(),
    knownAt: at.toISOString(),
  };
}

const deadline = ({ dueAt, openedAt }: ReviewCase) => (dueAt ?? openedAt).toISOString();
const assignee = ({ assignedTo }: ReviewCase) => (assignedTo ? { officialId: assignedTo } : {});

export function reviewAssigned(found: ReviewCase, previousOfficialId: string | undefined, deed: Deed) {
  return event(ReviewAssignedV1, {
    ...about(found, deed),
    ...assignee(found),
    ...(previousOfficialId && { previousOfficialId }),
    ...(found.dueAt && { dueAt: found.dueAt.toISOString() }),
  });
}

export function reviewPaused(found: ReviewCase, informationRequestId: string, reasonCodes: string[], deed: Deed) {
  return event(ReviewPausedV1, { ...about(found, deed), informationRequestId, reasonCodes });
}

export function reviewResumed(found: ReviewCase, informationRequestId: string, deed: Deed) {
  return event(ReviewResumedV1, { ...about(found, deed), informationRequestId, dueAt: deadline(found) });
}

export function reviewEscalated(found: ReviewCase, { from, missedAt }: Escalation, deed: Deed) {
  return event(ReviewEscalatedV1, {
    ...about(found, deed),
    ...assignee(found),
    previousOffice: from,
    missedAt: missedAt.toISOString(),
    dueAt: deadline(found),
  });
}

export function reviewRescheduled(found: ReviewCase, previousDueAt: Date, deed: Deed) {
  return event(ReviewRescheduledV1, {
    ...about(found, deed),
    previousDueAt: previousDueAt.toISOString(),
    dueAt: deadline(found),
  });
}
