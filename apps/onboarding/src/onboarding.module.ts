import { MessagingModule } from '@idxcoop/messaging';
import { API_KEYS, Regions } from '@idxcoop/platform';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AUDIT_MODELS } from './audit/audit.schema';
import { AskPrivacyRequestController } from './ask-privacy-request/ask-privacy-request.controller';
import { AskPrivacyRequestHandler } from './ask-privacy-request/ask-privacy-request.handler';
import { AuditKeys } from './audit/audit-keys';
import { AuditTrail } from './audit/audit-trail';
import { Seals } from './audit/seals';
import { AssessReadinessController } from './assess-readiness/assess-readiness.controller';
import { AssessReadinessHandler } from './assess-readiness/assess-readiness.handler';
import { AssignReviewController } from './assign-review/assign-review.controller';
import { AssignReviewHandler } from './assign-review/assign-review.handler';
import { BrowseRegionsController } from './browse-regions/browse-regions.controller';
import { ChainAuditJob } from './chain-audit/chain-audit.job';
import { CheckWebsiteJob } from './check-website/check-website.job';
import { KeepFinding } from './check-website/keep-finding';
import { PlanWebsiteChecksJob } from './check-website/plan-website-checks.job';
import { WebsiteLook } from './check-website/website-look';
import { ClaimCooperativeController } from './claim-cooperative/claim-cooperative.controller';
import { ClaimCooperativeHandler } from './claim-cooperative/claim-cooperative.handler';
import { ShowClaimHandler } from './claim-cooperative/show-claim.handler';
import { ChangeEntityController } from './change-entity/change-entity.controller';
import { ChangeEntityHandler } from './change-entity/change-entity.handler';
import { Claim, ClaimSchema } from './claims/claim.schema';
import { HandOvers } from './claims/hand-overs';
import { Cooperative, CooperativeSchema } from './cooperative/cooperative.schema';
import { HardKey, HardKeys, HardKeySchema } from './cooperative/hard-key.schema';
import { SelfOrOffice } from './cooperative/self-or-office';
import { StatusToken } from './cooperative/status-token';
import { EditProfileController } from './edit-profile/edit-profile.controller';
import { EditProfileHandler } from './edit-profile/edit-profile.handler';
import { Evidence, EvidenceSchema } from './evidence/evidence.schema';
import { EvidenceAccess } from './evidence/evidence-access';
import { EvidenceFiles } from './evidence/evidence-files';
import { ExpireStaleRegistrationsJob } from './expire-stale-registrations/expire-stale-registrations.job';
import { AcceptImportHandler } from './import-cooperatives/accept-import.handler';
import { ImportCooperativesController } from './import-cooperatives/import-cooperatives.controller';
import { ImportCooperativesJob } from './import-cooperatives/import-cooperatives.job';
import { ImportRun } from './import-cooperatives/import-run';
import { ImportWriter } from './import-cooperatives/import-writer';
import { RollBack } from './import-cooperatives/roll-back';
import { RollBackImportHandler } from './import-cooperatives/roll-back-import.handler';
import { ShowImportHandler } from './import-cooperatives/show-import.handler';
import { StoredFile } from './import-cooperatives/stored-file';
import { StoredRecords } from './import-cooperatives/stored-records';
import { DecideDuplicateController } from './decide-duplicate/decide-duplicate.controller';
import { DecideDuplicateHandler } from './decide-duplicate/decide-duplicate.handler';
import { ListDuplicatesHandler } from './decide-duplicate/list-duplicates.handler';
import { DuplicateCandidate, DuplicateCandidateSchema } from './duplicates/duplicate-candidate.schema';
import { LookAlikes } from './duplicates/look-alikes';
import { Survivors } from './duplicates/survivors';
import { VillageNames } from './duplicates/village-names';
import { FindContactsController } from './find-contacts/find-contacts.controller';
import { FindContactsHandler } from './find-contacts/find-contacts.handler';
import { FindDuplicatesJob } from './find-duplicates/find-duplicates.job';
import { FollowActivityJob } from './follow-activity/follow-activity.job';
import { HandOverCooperativeController } from './hand-over-cooperative/hand-over-cooperative.controller';
import { HandOverCooperativeHandler } from './hand-over-cooperative/hand-over-cooperative.handler';
import { FormerCooperative, FormerCooperatives, FormerCooperativeSchema } from './imports/former-cooperative.schema';
import { Import, ImportSchema } from './imports/import.schema';
import {
  ImportChange,
  ImportChangeSchema,
  ImportError,
  ImportErrorSchema,
  ImportFile,
  ImportFileSchema,
  ImportKey,
  ImportKeySchema,
} from './imports/import-parts.schema';
import { LiveSince, Setting, SettingSchema } from './imports/live-since';
import { EvidenceGate } from './hand-in-evidence/evidence-gate';
import { HandInEvidenceController } from './hand-in-evidence/hand-in-evidence.controller';
import { HandInEvidenceHandler } from './hand-in-evidence/hand-in-evidence.handler';
import { KeepEvidenceJob } from './keep-evidence/keep-evidence.job';
import { KeepOfficialsController } from './keep-officials/keep-officials.controller';
import { KeepOfficialsHandler } from './keep-officials/keep-officials.handler';
import { KeepSessionsController } from './keep-sessions/keep-sessions.controller';
import { KeepSessionsHandler } from './keep-sessions/keep-sessions.handler';
import { KeepWorkCalendarConsumer } from './keep-work-calendar/keep-work-calendar.consumer';
import { ListAuditController } from './list-audit/list-audit.controller';
import { ListAuditHandler } from './list-audit/list-audit.handler';
import { ListConsentTextsController } from './list-consent-texts/list-consent-texts.controller';
import { ListReachablePeopleController } from './list-reachable-people/list-reachable-people.controller';
import { ListReachablePeopleHandler } from './list-reachable-people/list-reachable-people.handler';
import { LookUpCooperativesController } from './look-up-cooperatives/look-up-cooperatives.controller';
import { LookUpCooperativesHandler } from './look-up-cooperatives/look-up-cooperatives.handler';
import { MendContactController } from './mend-contact/mend-contact.controller';
import { MendContactHandler } from './mend-contact/mend-contact.handler';
import { ConflictOfInterest, ConflictOfInterestSchema } from './officials/conflict-of-interest.schema';
import { Conflicts } from './officials/conflicts';
import { Official, OfficialSchema } from './officials/official.schema';
import { DecidePrivacyRequestController } from './decide-privacy-request/decide-privacy-request.controller';
import { DecidePrivacyRequestHandler } from './decide-privacy-request/decide-privacy-request.handler';
import { ListPrivacyRequestsHandler } from './decide-privacy-request/list-privacy-requests.handler';
import { HandOutCopyController } from './hand-out-copy/hand-out-copy.controller';
import { HandOutCopyHandler } from './hand-out-copy/hand-out-copy.handler';
import { PersonalCopy } from './hand-out-copy/personal-copy';
import { ContactMending } from './people/contact-mending';
import { ErasedPerson, ErasedPersonSchema } from './privacy/erased-person.schema';
import { Erasure } from './privacy/erasure';
import { Fulfilment } from './privacy/fulfilment';
import { PrivacyRequest, PrivacyRequestSchema } from './privacy/privacy-request.schema';
import { ReapplyErasuresJob } from './reapply-erasures/reapply-erasures.job';
import { Consent, ConsentSchema } from './people/consent.schema';
import { Consents } from './people/consents';
import { ContactBook } from './people/contact-book';
import { Person, PersonSchema } from './people/person.schema';
import { VerificationFlow, VerificationFlowSchema } from './people/verification-flow.schema';
import { PublishKeysController } from './publish-keys/publish-keys.controller';
import { Assessment, AssessmentSchema } from './readiness/assessment.schema';
import { CloseReportController } from './close-report/close-report.controller';
import { CloseReportHandler } from './close-report/close-report.handler';
import { ListReportsHandler } from './close-report/list-reports.handler';
import { ReceiveReportController } from './receive-report/receive-report.controller';
import { ReceiveReportHandler } from './receive-report/receive-report.handler';
import { REPORT_MODELS } from './reports/report.schema';
import { RecordConsentController } from './record-consent/record-consent.controller';
import { RecordConsentHandler } from './record-consent/record-consent.handler';
import { RegisterCooperativeController } from './register-cooperative/register-cooperative.controller';
import { RegisterCooperativeHandler } from './register-cooperative/register-cooperative.handler';
import { DueDays } from './requirement/due-days';
import { Requirement, RequirementSchema } from './requirement/requirement.schema';
import { Requirements } from './requirement/requirements';
import { ListChannelsHandler } from './resolve-delivery/list-channels.handler';
import { ResolveDeliveryController } from './resolve-delivery/resolve-delivery.controller';
import { ResolveDeliveryHandler } from './resolve-delivery/resolve-delivery.handler';
import { ResolveOfficialHandler } from './resolve-delivery/resolve-official.handler';
import { AnswerRequestHandler } from './request-information/answer-request.handler';
import { ListRequestsHandler } from './request-information/list-requests.handler';
import { RequestInformationController } from './request-information/request-information.controller';
import { RequestInformationHandler } from './request-information/request-information.handler';
import { Assignees } from './review/assignees';
import { InformationRequest, InformationRequestSchema } from './review/information-request.schema';
import { ReviewAccess } from './review/review-access';
import { ReviewCase, ReviewCaseSchema } from './review/review-case.schema';
import { DecideEvidenceHandler } from './review-evidence/decide-evidence.handler';
import { ReadEvidenceHandler } from './review-evidence/read-evidence.handler';
import { ReviewEvidenceController } from './review-evidence/review-evidence.controller';
import { ReviewDesk } from './review/review-desk';
import { DecideApplicationHandler } from './review-application/decide-application.handler';
import { ListReviewCasesHandler } from './review-application/list-review-cases.handler';
import { ReviewApplicationController } from './review-application/review-application.controller';
import { SendStatusLinkController } from './send-status-link/send-status-link.controller';
import { SendStatusLinkHandler } from './send-status-link/send-status-link.handler';
import { SendStatusLinkJob } from './send-status-link/send-status-link.job';
import { StatusLinkRequest, StatusLinkRequestSchema } from './send-status-link/status-link-request.schema';
import { SettleRequirementsJob } from './settle-requirements/settle-requirements.job';
import { RefreshTokens } from './sessions/refresh-tokens';
import { Session, SessionSchema } from './sessions/session.schema';
import { Sessions } from './sessions/sessions';
import { SignInFlow, SignInFlowSchema } from './sessions/sign-in-flow.schema';
import { SignInFlows } from './sessions/sign-in-flows';
import { Subjects } from './sessions/subjects';
import { ShowCooperativeController } from './show-cooperative/show-cooperative.controller';
import { ShowStatusController } from './show-status/show-status.controller';
import { ShowStatusHandler } from './show-status/show-status.handler';
import { ConfirmSignInHandler } from './sign-in/confirm-sign-in.handler';
import { RequestSignInHandler } from './sign-in/request-sign-in.handler';
import { SendSignInCodeJob } from './sign-in/send-sign-in-code.job';
import { SignInController } from './sign-in/sign-in.controller';
import { ShowWebsiteCheckController } from './show-website-check/show-website-check.controller';
import { ShowWebsiteCheckHandler } from './show-website-check/show-website-check.handler';
import { SubmitApplicationController } from './submit-application/submit-application.controller';
import { SubmitApplicationHandler } from './submit-application/submit-application.handler';
import { ResendVerificationHandler } from './verify-contact/resend-verification.handler';
import { ShowVerificationHandler } from './verify-contact/show-verification.handler';
import { SucceedFlowHandler } from './verify-contact/succeed-flow.handler';
import { VerifyAuditHandler } from './verify-audit/verify-audit.handler';
import { VerifyContactController } from './verify-contact/verify-contact.controller';
import { VerifyContactHandler } from './verify-contact/verify-contact.handler';
import { DeliverWebhooksJob } from './deliver-webhooks/deliver-webhooks.job';
import { KeepPartnersController } from './keep-partners/keep-partners.controller';
import { KeepPartnersHandler } from './keep-partners/keep-partners.handler';
import { KeepWebhooksController } from './keep-webhooks/keep-webhooks.controller';
import { KeepWebhooksHandler } from './keep-webhooks/keep-webhooks.handler';
import { ApiKeys } from './partners/api-keys';
import { ApiKey, ApiKeySchema, Partner, PartnerSchema } from './partners/partner.schema';
import {
  WebhookDelivery,
  WebhookDeliverySchema,
  WebhookEndpoint,
  WebhookEndpointSchema,
} from './partners/webhook.schema';
import { TellPartnersConsumer } from './tell-partners/tell-partners.consumer';
import { HostTurns } from './website/host-turns';
import { WebsiteWatch, WebsiteWatchSchema } from './website/website-watch.schema';
import { WaiveRequirementController } from './waive-requirement/waive-requirement.controller';
import { WaiveRequirementHandler } from './waive-requirement/waive-requirement.handler';
import { VouchForContactController } from './vouch-for-contact/vouch-for-contact.controller';
import { VouchForContactHandler } from './vouch-for-contact/vouch-for-contact.handler';
import { WithdrawRegistrationController } from './withdraw-registration/withdraw-registration.controller';
import { WatchReviewsJob } from './watch-reviews/watch-reviews.job';
import { KnownCalendar, KnownCalendarSchema } from './work-calendar/work-calendar.schema';
import { WorkCalendars } from './work-calendar/work-calendars';
import { WithdrawRegistrationHandler } from './withdraw-registration/withdraw-registration.handler';

/** Cooperatives, the people who speak for them, and everything up to the officer's decision. */
@Module({
  imports: [
    MessagingModule.forService('onboarding'),
    MongooseModule.forFeature([
      { name: Cooperative.name, schema: CooperativeSchema },
      { name: HardKey.name, schema: HardKeySchema },
      { name: DuplicateCandidate.name, schema: DuplicateCandidateSchema },
      { name: Person.name, schema: PersonSchema },
      { name: Consent.name, schema: ConsentSchema },
      { name: VerificationFlow.name, schema: VerificationFlowSchema },
      { name: Claim.name, schema: ClaimSchema },
      { name: Assessment.name, schema: AssessmentSchema },
      { name: Requirement.name, schema: RequirementSchema },
      { name: ReviewCase.name, schema: ReviewCaseSchema },
      { name: Official.name, schema: OfficialSchema },
      { name: Evidence.name, schema: EvidenceSchema },
      { name: InformationRequest.name, schema: InformationRequestSchema },
      { name: ConflictOfInterest.name, schema: ConflictOfInterestSchema },
      { name: KnownCalendar.name, schema: KnownCalendarSchema },
      { name: Session.name, schema: SessionSchema },
      { name: SignInFlow.name, schema: SignInFlowSchema },
      { name: Import.name, schema: ImportSchema },
      { name: ImportFile.name, schema: ImportFileSchema },
      { name: ImportKey.name, schema: ImportKeySchema },
      { name: ImportError.name, schema: ImportErrorSchema },
      { name: ImportChange.name, schema: ImportChangeSchema },
      { name: FormerCooperative.name, schema: FormerCooperativeSchema },
      { name: StatusLinkRequest.name, schema: StatusLinkRequestSchema },
      { name: WebsiteWatch.name, schema: WebsiteWatchSchema },
      { name: Partner.name, schema: PartnerSchema },
      { name: ApiKey.name, schema: ApiKeySchema },
      { name: WebhookEndpoint.name, schema: WebhookEndpointSchema },
      { name: WebhookDelivery.name, schema: WebhookDeliverySchema },
      { name: Setting.name, schema: SettingSchema },
      ...AUDIT_MODELS,
      ...REPORT_MODELS,
      { name: PrivacyRequest.name, schema: PrivacyRequestSchema },
      { name: ErasedPerson.name, schema: ErasedPersonSchema },
    ]),
  ],
  controllers: [
    RegisterCooperativeController,
    ShowCooperativeController,
    ShowStatusController,
    EditProfileController,
    AssessReadinessController,
    ChangeEntityController,
    WaiveRequirementController,
    MendContactController,
    VerifyContactController,
    SendStatusLinkController,
    SubmitApplicationController,
    WithdrawRegistrationController,
    ReviewApplicationController,
    RequestInformationController,
    AssignReviewController,
    HandInEvidenceController,
    ReviewEvidenceController,
    KeepWorkCalendarConsumer,
    ClaimCooperativeController,
    DecideDuplicateController,
    KeepOfficialsController,
    SignInController,
    HandOverCooperativeController,
    VouchForContactController,
    KeepSessionsController,
    PublishKeysController,
    ImportCooperativesController,
    BrowseRegionsController,
    ResolveDeliveryController,
    ListReachablePeopleController,
    FindContactsController,
    RecordConsentController,
    ShowWebsiteCheckController,
    KeepWebhooksController,
    KeepPartnersController,
    TellPartnersConsumer,
    ListAuditController,
    ListConsentTextsController,
    AskPrivacyRequestController,
    DecidePrivacyRequestController,
    HandOutCopyController,
    LookUpCooperativesController,
    ReceiveReportController,
    CloseReportController,
  ],
  providers: [
    { provide: Regions, useFactory: () => new Regions() },
    Seals,
    AuditKeys,
    AuditTrail,
    ChainAuditJob,
    VerifyAuditHandler,
    ListAuditHandler,
    ContactMending,
    Erasure,
    Fulfilment,
    AskPrivacyRequestHandler,
    DecidePrivacyRequestHandler,
    ListPrivacyRequestsHandler,
    HandOutCopyHandler,
    PersonalCopy,
    ReapplyErasuresJob,
    StatusToken,
    HostTurns,
    ApiKeys,
    { provide: API_KEYS, useExisting: ApiKeys },
    KeepPartnersHandler,
    KeepWebhooksHandler,
    DeliverWebhooksJob,
    WebsiteLook,
    KeepFinding,
    CheckWebsiteJob,
    PlanWebsiteChecksJob,
    ShowWebsiteCheckHandler,
    HardKeys,
    VillageNames,
    LookAlikes,
    Survivors,
    FindDuplicatesJob,
    ListDuplicatesHandler,
    DecideDuplicateHandler,
    ContactBook,
    Requirements,
    DueDays,
    RegisterCooperativeHandler,
    ShowStatusHandler,
    EditProfileHandler,
    AssessReadinessHandler,
    SelfOrOffice,
    ChangeEntityHandler,
    WaiveRequirementHandler,
    SettleRequirementsJob,
    FollowActivityJob,
    MendContactHandler,
    VerifyContactHandler,
    ResendVerificationHandler,
    ShowVerificationHandler,
    SucceedFlowHandler,
    SendStatusLinkHandler,
    SendStatusLinkJob,
    SubmitApplicationHandler,
    WithdrawRegistrationHandler,
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
    ClaimCooperativeHandler,
    ShowClaimHandler,
    KeepOfficialsHandler,
    HandOvers,
    HandOverCooperativeHandler,
    VouchForContactHandler,
    Subjects,
    RefreshTokens,
    Sessions,
    SignInFlows,
    RequestSignInHandler,
    ConfirmSignInHandler,
    SendSignInCodeJob,
    KeepSessionsHandler,
    AcceptImportHandler,
    ShowImportHandler,
    RollBackImportHandler,
    RollBack,
    ImportCooperativesJob,
    ImportRun,
    ImportWriter,
    StoredFile,
    StoredRecords,
    FormerCooperatives,
    LiveSince,
    ExpireStaleRegistrationsJob,
    Consents,
    ResolveDeliveryHandler,
    ListChannelsHandler,
    RecordConsentHandler,
    ListReachablePeopleHandler,
    ResolveOfficialHandler,
    FindContactsHandler,
    LookUpCooperativesHandler,
    ReceiveReportHandler,
    ListReportsHandler,
    CloseReportHandler,
  ],
})
export class OnboardingModule {
  static readonly service = 'onboarding' as const;
}
