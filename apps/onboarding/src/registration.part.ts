import { AssessReadinessController } from './assess-readiness/assess-readiness.controller';
import { AssessReadinessHandler } from './assess-readiness/assess-readiness.handler';
import { BrowseRegionsController } from './browse-regions/browse-regions.controller';
import { ChangeEntityController } from './change-entity/change-entity.controller';
import { ChangeEntityHandler } from './change-entity/change-entity.handler';
import { ClaimCooperativeController } from './claim-cooperative/claim-cooperative.controller';
import { ClaimCooperativeHandler } from './claim-cooperative/claim-cooperative.handler';
import { ShowClaimHandler } from './claim-cooperative/show-claim.handler';
import { Claim, ClaimSchema } from './claims/claim.schema';
import { HandOvers } from './claims/hand-overs';
import { Cooperative, CooperativeSchema } from './cooperative/cooperative.schema';
import { HardKey, HardKeySchema, HardKeys } from './cooperative/hard-key.schema';
import { SelfOrOffice } from './cooperative/self-or-office';
import { StatusToken } from './cooperative/status-token';
import { EditProfileController } from './edit-profile/edit-profile.controller';
import { EditProfileHandler } from './edit-profile/edit-profile.handler';
import { ExpireStaleRegistrationsJob } from './expire-stale-registrations/expire-stale-registrations.job';
import { FollowActivityJob } from './follow-activity/follow-activity.job';
import { HandOverCooperativeController } from './hand-over-cooperative/hand-over-cooperative.controller';
import { HandOverCooperativeHandler } from './hand-over-cooperative/hand-over-cooperative.handler';
import { MendContactController } from './mend-contact/mend-contact.controller';
import { MendContactHandler } from './mend-contact/mend-contact.handler';
import { Consent, ConsentSchema } from './people/consent.schema';
import { Consents } from './people/consents';
import { ContactBook } from './people/contact-book';
import { ContactMending } from './people/contact-mending';
import { Person, PersonSchema } from './people/person.schema';
import { VerificationFlow, VerificationFlowSchema } from './people/verification-flow.schema';
import { Assessment, AssessmentSchema } from './readiness/assessment.schema';
import { RegisterCooperativeController } from './register-cooperative/register-cooperative.controller';
import { RegisterCooperativeHandler } from './register-cooperative/register-cooperative.handler';
import { DueDays } from './requirement/due-days';
import { Requirement, RequirementSchema } from './requirement/requirement.schema';
import { Requirements } from './requirement/requirements';
import { SendStatusLinkController } from './send-status-link/send-status-link.controller';
import { SendStatusLinkHandler } from './send-status-link/send-status-link.handler';
import { SendStatusLinkJob } from './send-status-link/send-status-link.job';
import { StatusLinkRequest, StatusLinkRequestSchema } from './send-status-link/status-link-request.schema';
import { SettleRequirementsJob } from './settle-requirements/settle-requirements.job';
import { ShowCooperativeController } from './show-cooperative/show-cooperative.controller';
import { ShowStatusController } from './show-status/show-status.controller';
import { ShowStatusHandler } from './show-status/show-status.handler';
import { SubmitApplicationController } from './submit-application/submit-application.controller';
import { SubmitApplicationHandler } from './submit-application/submit-application.handler';
import { ResendVerificationHandler } from './verify-contact/resend-verification.handler';
import { ShowVerificationHandler } from './verify-contact/show-verification.handler';
import { SucceedFlowHandler } from './verify-contact/succeed-flow.handler';
import { VerifyContactController } from './verify-contact/verify-contact.controller';
import { VerifyContactHandler } from './verify-contact/verify-contact.handler';
import { VouchForContactController } from './vouch-for-contact/vouch-for-contact.controller';
import { VouchForContactHandler } from './vouch-for-contact/vouch-for-contact.handler';
import { WaiveRequirementController } from './waive-requirement/waive-requirement.controller';
import { WaiveRequirementHandler } from './waive-requirement/waive-requirement.handler';
import { WithdrawRegistrationController } from './withdraw-registration/withdraw-registration.controller';
import { WithdrawRegistrationHandler } from './withdraw-registration/withdraw-registration.handler';

/** A cooperative from its sign-up: its contacts, what is asked of it, what it says of itself. */
export const REGISTRATION = {
  models: [
    { name: Cooperative.name, schema: CooperativeSchema },
    { name: HardKey.name, schema: HardKeySchema },
    { name: Person.name, schema: PersonSchema },
    { name: Consent.name, schema: ConsentSchema },
    { name: VerificationFlow.name, schema: VerificationFlowSchema },
    { name: Claim.name, schema: ClaimSchema },
    { name: Assessment.name, schema: AssessmentSchema },
    { name: Requirement.name, schema: RequirementSchema },
    { name: StatusLinkRequest.name, schema: StatusLinkRequestSchema },
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
    ClaimCooperativeController,
    HandOverCooperativeController,
    VouchForContactController,
    BrowseRegionsController,
  ],
  providers: [
    ContactMending,
    StatusToken,
    HardKeys,
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
    ClaimCooperativeHandler,
    ShowClaimHandler,
    HandOvers,
    HandOverCooperativeHandler,
    VouchForContactHandler,
    ExpireStaleRegistrationsJob,
    Consents,
  ],
};
