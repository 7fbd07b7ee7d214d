import { type EventContract, SERVICES, type ServiceName } from './contract';
import { LibraryItemPublishedV1 } from './content-indexing/library-item-published.v1';
import { LibraryItemRecommendedV1 } from './content-indexing/library-item-recommended.v1';
import { LibraryItemWithdrawnV1 } from './content-indexing/library-item-withdrawn.v1';
import { EVENTS } from './events';
import { ContactVerifiedV1 } from './onboarding/contact-verified.v1';
import { CooperativeBecameActiveV1 } from './onboarding/cooperative-became-active.v1';
import { CooperativeRegisteredV1 } from './onboarding/cooperative-registered.v1';
import { CooperativeRejectedV1 } from './onboarding/cooperative-rejected.v1';
import { CooperativeVerifiedV1 } from './onboarding/cooperative-verified.v1';
import { CooperativeWentSilentV1 } from './onboarding/cooperative-went-silent.v1';
import { ReadinessAssessedV1 } from './onboarding/readiness-assessed.v1';
import { PersonErasedV1 } from './onboarding/person-erased.v1';
import { PrivacyRequestAnsweredV1 } from './onboarding/privacy-request-answered.v1';
import { PrivacyRequestReceivedV1 } from './onboarding/privacy-request-received.v1';
import { RequirementDueSetV1 } from './onboarding/requirement-due-set.v1';
import { RequirementSatisfiedV1 } from './onboarding/requirement-satisfied.v1';
import { ReviewEscalatedV1 } from './onboarding/review-escalated.v1';
import { ReviewPausedV1 } from './onboarding/review-paused.v1';
import { SignInRequestedV1 } from './onboarding/sign-in-requested.v1';
import { StatusLinkRequestedV1 } from './onboarding/status-link-requested.v1';
import { VerificationRequestedV1 } from './onboarding/verification-requested.v1';
import { CooperativeWithdrawnV1 } from './onboarding/cooperative-withdrawn.v1';
import { OfferAcceptedV1 } from './onboarding/offer-accepted.v1';
import { WebsiteCameUpV1 } from './onboarding/website-came-up.v1';
import { WebsiteWentDownV1 } from './onboarding/website-went-down.v1';
import { DigestComposedV1 } from './reporting/digest-composed.v1';
import { MilestoneReachedV1 } from './reporting/milestone-reached.v1';
import { WorkCalendarSetV1 } from './reporting/work-calendar-set.v1';

/**
 * Who listens to what. The key is the consumer, `<service>.<feature folder>`: the unit of retry, inbox, redrive and replay.
 * Consumer names are stored data and are never renamed.
 */
export const SUBSCRIPTIONS: Readonly<Record<string, readonly EventContract[]>> = {
  'notifications.request-verification': [VerificationRequestedV1],
  'notifications.send-sign-in-code': [SignInRequestedV1],
  'notifications.welcome-cooperative': [ContactVerifiedV1],
  'notifications.send-status-link': [StatusLinkRequestedV1],
  'notifications.answer-privacy-request': [PrivacyRequestReceivedV1, PrivacyRequestAnsweredV1],
  'notifications.forget-person': [PersonErasedV1],
  'notifications.announce-decision': [CooperativeVerifiedV1, CooperativeRejectedV1],
  'notifications.ask-for-information': [ReviewPausedV1],
  'notifications.announce-escalation': [ReviewEscalatedV1],
  'notifications.announce-milestone': [MilestoneReachedV1],
  'notifications.remind-of-requirement': [RequirementDueSetV1, RequirementSatisfiedV1],
  'notifications.invite-back': [CooperativeWentSilentV1, CooperativeBecameActiveV1],
  'notifications.suggest-library-items': [LibraryItemRecommendedV1],
  'notifications.send-digest': [DigestComposedV1],
  'onboarding.keep-work-calendar': [WorkCalendarSetV1],
  'onboarding.tell-partners': [
    CooperativeVerifiedV1,
    CooperativeWithdrawnV1,
    WebsiteCameUpV1,
    WebsiteWentDownV1,
    OfferAcceptedV1,
  ],
  'content-indexing.index-item': [LibraryItemPublishedV1, LibraryItemWithdrawnV1],
  'content-indexing.remember-cooperative': [CooperativeRegisteredV1, CooperativeVerifiedV1],
  'content-indexing.answer-gaps': [ReadinessAssessedV1],
  'reporting.record-fact': EVENTS,
};

/** A map of the same shape as `SUBSCRIPTIONS`; tests bring their own. */
export type SubscriptionMap = typeof SUBSCRIPTIONS;

/** The service that a consumer belongs to. */
export function serviceOf(consumer: string): ServiceName {
  const service = SERVICES.find((name) => consumer.startsWith(`${name}.`));
  if (!service) throw new Error(`${consumer} does not start with the name of a service`);
  return service;
}
