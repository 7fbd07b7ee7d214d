import type { EventContract } from './contract';
import { LibraryItemPublishedV1 } from './content-indexing/library-item-published.v1';
import { LibraryItemRecommendedV1 } from './content-indexing/library-item-recommended.v1';
import { LibraryItemWithdrawnV1 } from './content-indexing/library-item-withdrawn.v1';
import { MessageDeliveredV1 } from './notifications/message-delivered.v1';
import { MessageFailedV1 } from './notifications/message-failed.v1';
import { MessageSentV1 } from './notifications/message-sent.v1';
import { AppListingPublishedV1 } from './onboarding/app-listing-published.v1';
import { AppListingWithdrawnV1 } from './onboarding/app-listing-withdrawn.v1';
import { AppListingProofExpiredV1 } from './onboarding/app-listing-proof-expired.v1';
import { OfferAcceptedV1 } from './onboarding/offer-accepted.v1';
import { OfferEndedV1 } from './onboarding/offer-ended.v1';
import { ApplicationSubmittedV1 } from './onboarding/application-submitted.v1';
import { ContactVerifiedV1 } from './onboarding/contact-verified.v1';
import { ContactVouchedV1 } from './onboarding/contact-vouched.v1';
import { CooperativeBecameActiveV1 } from './onboarding/cooperative-became-active.v1';
import { CooperativeFoundDuplicateV1 } from './onboarding/cooperative-found-duplicate.v1';
import { CooperativeHandedOverV1 } from './onboarding/cooperative-handed-over.v1';
import { CooperativeImportedV1 } from './onboarding/cooperative-imported.v1';
import { CooperativeLapsedV1 } from './onboarding/cooperative-lapsed.v1';
import { CooperativeRegisteredV1 } from './onboarding/cooperative-registered.v1';
import { CooperativeRejectedV1 } from './onboarding/cooperative-rejected.v1';
import { CooperativeVerifiedV1 } from './onboarding/cooperative-verified.v1';
import { CooperativeWentSilentV1 } from './onboarding/cooperative-went-silent.v1';
import { CooperativeWithdrawnV1 } from './onboarding/cooperative-withdrawn.v1';
import { EvidenceAcceptedV1 } from './onboarding/evidence-accepted.v1';
import { EvidenceRejectedV1 } from './onboarding/evidence-rejected.v1';
import { EvidenceUploadedV1 } from './onboarding/evidence-uploaded.v1';
import { DuplicateDismissedV1 } from './onboarding/duplicate-dismissed.v1';
import { DuplicateSuspectedV1 } from './onboarding/duplicate-suspected.v1';
import { ImportProgressedV1 } from './onboarding/import-progressed.v1';
import { ImportRevertedV1 } from './onboarding/import-reverted.v1';
import { CooperativeProfileUpdatedV1 } from './onboarding/cooperative-profile-updated.v1';
import { CooperativeWentDormantV1 } from './onboarding/cooperative-went-dormant.v1';
import { CooperativeRevivedV1 } from './onboarding/cooperative-revived.v1';
import { CooperativeDissolvedV1 } from './onboarding/cooperative-dissolved.v1';
import { CooperativeMergedV1 } from './onboarding/cooperative-merged.v1';
import { ReadinessAssessedV1 } from './onboarding/readiness-assessed.v1';
import { PersonErasedV1 } from './onboarding/person-erased.v1';
import { PrivacyRequestAnsweredV1 } from './onboarding/privacy-request-answered.v1';
import { PrivacyRequestReceivedV1 } from './onboarding/privacy-request-received.v1';
import { ReportReceivedV1 } from './onboarding/report-received.v1';
import { RequirementDueSetV1 } from './onboarding/requirement-due-set.v1';
import { RequirementSatisfiedV1 } from './onboarding/requirement-satisfied.v1';
import { ReviewAssignedV1 } from './onboarding/review-assigned.v1';
import { ReviewEscalatedV1 } from './onboarding/review-escalated.v1';
import { ReviewPausedV1 } from './onboarding/review-paused.v1';
import { ReviewRescheduledV1 } from './onboarding/review-rescheduled.v1';
import { ReviewResumedV1 } from './onboarding/review-resumed.v1';
import { SignInRequestedV1 } from './onboarding/sign-in-requested.v1';
import { StatusLinkRequestedV1 } from './onboarding/status-link-requested.v1';
import { VerificationRequestedV1 } from './onboarding/verification-requested.v1';
import { WebsiteCameUpV1 } from './onboarding/website-came-up.v1';
import { WebsiteWentDownV1 } from './onboarding/website-went-down.v1';
import { DigestComposedV1 } from './reporting/digest-composed.v1';
import { MilestoneReachedV1 } from './reporting/milestone-reached.v1';
import { MilestoneWithdrawnV1 } from './reporting/milestone-withdrawn.v1';
import { ProgressRecordedV1 } from './reporting/progress-recorded.v1';
import { TargetSetV1 } from './reporting/target-set.v1';
import { WorkCalendarSetV1 } from './reporting/work-calendar-set.v1';

/** Every event version that exists. */
export const EVENTS = [
  CooperativeRegisteredV1,
  CooperativeImportedV1,
  ImportProgressedV1,
  ImportRevertedV1,
  VerificationRequestedV1,
  ContactVerifiedV1,
  ContactVouchedV1,
  CooperativeHandedOverV1,
  SignInRequestedV1,
  StatusLinkRequestedV1,
  PersonErasedV1,
  PrivacyRequestAnsweredV1,
  PrivacyRequestReceivedV1,
  ReportReceivedV1,
  ApplicationSubmittedV1,
  CooperativeVerifiedV1,
  CooperativeRejectedV1,
  CooperativeWithdrawnV1,
  CooperativeLapsedV1,
  CooperativeFoundDuplicateV1,
  DuplicateSuspectedV1,
  DuplicateDismissedV1,
  CooperativeWentSilentV1,
  CooperativeBecameActiveV1,
  CooperativeProfileUpdatedV1,
  CooperativeWentDormantV1,
  CooperativeRevivedV1,
  CooperativeDissolvedV1,
  CooperativeMergedV1,
  ReadinessAssessedV1,
  RequirementDueSetV1,
  RequirementSatisfiedV1,
  ReviewAssignedV1,
  ReviewPausedV1,
  ReviewResumedV1,
  ReviewEscalatedV1,
  ReviewRescheduledV1,
  EvidenceUploadedV1,
  EvidenceAcceptedV1,
  EvidenceRejectedV1,
  WebsiteCameUpV1,
  WebsiteWentDownV1,
  AppListingPublishedV1,
  AppListingWithdrawnV1,
  AppListingProofExpiredV1,
  OfferAcceptedV1,
  OfferEndedV1,
  MessageSentV1,
  MessageDeliveredV1,
  MessageFailedV1,
  LibraryItemPublishedV1,
  LibraryItemWithdrawnV1,
  LibraryItemRecommendedV1,
  TargetSetV1,
  ProgressRecordedV1,
  MilestoneReachedV1,
  MilestoneWithdrawnV1,
  DigestComposedV1,
  WorkCalendarSetV1,
] as const satisfies readonly EventContract[];
