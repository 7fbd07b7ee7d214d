import { AssignReviewController } from './assign-review/assign-review.controller';
import { AssignReviewHandler } from './assign-review/assign-review.handler';
import { EvidenceAccess } from './evidence/evidence-access';
import { EvidenceFiles } from './evidence/evidence-files';
import { Evidence, EvidenceSchema } from './evidence/evidence.schema';
import { EvidenceGate } from './hand-in-evidence/evidence-gate';
import { HandInEvidenceController } from './hand-in-evidence/hand-in-evidence.controller';
import { HandInEvidenceHandler } from './hand-in-evidence/hand-in-evidence.handler';
import { KeepEvidenceJob } from './keep-evidence/keep-evidence.job';
import { KeepOfficialsController } from './keep-officials/keep-officials.controller';
import { KeepOfficialsHandler } from './keep-officials/keep-officials.handler';
import { KeepWorkCalendarConsumer } from './keep-work-calendar/keep-work-calendar.consumer';
import { ConflictOfInterest, ConflictOfInterestSchema } from './officials/conflict-of-interest.schema';
import { Conflicts } from './officials/conflicts';
import { Official, OfficialSchema } from './officials/official.schema';
import { AnswerRequestHandler } from './request-information/answer-request.handler';
import { ListRequestsHandler } from './request-information/list-requests.handler';
import { RequestInformationController } from './request-information/request-information.controller';
import { RequestInformationHandler } from './request-information/request-information.handler';
import { DecideApplicationHandler } from './review-application/decide-application.handler';
import { ListReviewCasesHandler } from './review-application/list-review-cases.handler';
import { ReviewApplicationController } from './review-application/review-application.controller';
import { DecideEvidenceHandler } from './review-evidence/decide-evidence.handler';
import { ReadEvidenceHandler } from './review-evidence/read-evidence.handler';
import { ReviewEvidenceController } from './review-evidence/review-evidence.controller';
import { Assignees } from './review/assignees';
import { InformationRequest, InformationRequestSchema } from './review/information-request.schema';
import { ReviewAccess } from './review/review-access';
import { ReviewCase, ReviewCaseSchema } from './review/review-case.schema';
import { ReviewDesk } from './review/review-desk';
import { WatchReviewsJob } from './watch-reviews/watch-reviews.job';
import { KnownCalendar, KnownCalendarSchema } from './work-calendar/work-calendar.schema';
import { WorkCalendars } from './work-calendar/work-calendars';

/** Officials, evidence and the cases that they decide. */
export const REVIEW = {
  models: [
    { name: ReviewCase.name, schema: ReviewCaseSchema },
    { name: Official.name, schema: OfficialSchema },
    { name: Evidence.name, schema: EvidenceSchema },
    { name: InformationRequest.name, schema: InformationRequestSchema },
    { name: ConflictOfInterest.name, schema: ConflictOfInterestSchema },
    { name: KnownCalendar.name, schema: KnownCalendarSchema },
  ],
  controllers: [
    ReviewApplicationController,
    RequestInformationController,
    AssignReviewController,
    HandInEvidenceController,
    ReviewEvidenceController,
    KeepWorkCalendarConsumer,
    KeepOfficialsController,
  ],
  providers: [
    Conflicts,
    WorkCalendars,
    Assignees,
    ReviewDesk,
    ReviewAccess,
    RequestInformationHandler,
    AnswerRequestHandler,
    ListRequestsHandler,
    AssignReviewHandler,
    WatchReviewsJob,
    EvidenceFiles,
    EvidenceAccess,
    EvidenceGate,
    HandInEvidenceHandler,
    ReadEvidenceHandler,
    DecideEvidenceHandler,
    KeepEvidenceJob,
    ListReviewCasesHandler,
    DecideApplicationHandler,
    KeepOfficialsHandler,
  ],
};
