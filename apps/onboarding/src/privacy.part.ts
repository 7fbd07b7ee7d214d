import { AskPrivacyRequestController } from './ask-privacy-request/ask-privacy-request.controller';
import { AskPrivacyRequestHandler } from './ask-privacy-request/ask-privacy-request.handler';
import { AuditKeys } from './audit/audit-keys';
import { AuditTrail } from './audit/audit-trail';
import { AUDIT_MODELS } from './audit/audit.schema';
import { Seals } from './audit/seals';
import { ChainAuditJob } from './chain-audit/chain-audit.job';
import { CloseReportController } from './close-report/close-report.controller';
import { CloseReportHandler } from './close-report/close-report.handler';
import { ListReportsHandler } from './close-report/list-reports.handler';
import { DecidePrivacyRequestController } from './decide-privacy-request/decide-privacy-request.controller';
import { DecidePrivacyRequestHandler } from './decide-privacy-request/decide-privacy-request.handler';
import { ListPrivacyRequestsHandler } from './decide-privacy-request/list-privacy-requests.handler';
import { HandOutCopyController } from './hand-out-copy/hand-out-copy.controller';
import { HandOutCopyHandler } from './hand-out-copy/hand-out-copy.handler';
import { PersonalCopy } from './hand-out-copy/personal-copy';
import { ListAuditController } from './list-audit/list-audit.controller';
import { ListAuditHandler } from './list-audit/list-audit.handler';
import { ListConsentTextsController } from './list-consent-texts/list-consent-texts.controller';
import { LookUpCooperativesController } from './look-up-cooperatives/look-up-cooperatives.controller';
import { LookUpCooperativesHandler } from './look-up-cooperatives/look-up-cooperatives.handler';
import { ErasedPerson, ErasedPersonSchema } from './privacy/erased-person.schema';
import { Erasure } from './privacy/erasure';
import { Fulfilment } from './privacy/fulfilment';
import { PrivacyRequest, PrivacyRequestSchema } from './privacy/privacy-request.schema';
import { ReapplyErasuresJob } from './reapply-erasures/reapply-erasures.job';
import { ReceiveReportController } from './receive-report/receive-report.controller';
import { ReceiveReportHandler } from './receive-report/receive-report.handler';
import { REPORT_MODELS } from './reports/report.schema';
import { VerifyAuditHandler } from './verify-audit/verify-audit.handler';

/** What people may ask about their own data, and the trail of who did what. */
export const PRIVACY = {
  models: [
    ...AUDIT_MODELS,
    ...REPORT_MODELS,
    { name: PrivacyRequest.name, schema: PrivacyRequestSchema },
    { name: ErasedPerson.name, schema: ErasedPersonSchema },
  ],
  controllers: [
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
    Seals,
    AuditKeys,
    AuditTrail,
    ChainAuditJob,
    VerifyAuditHandler,
    ListAuditHandler,
    Erasure,
    Fulfilment,
    AskPrivacyRequestHandler,
    DecidePrivacyRequestHandler,
    ListPrivacyRequestsHandler,
    HandOutCopyHandler,
    PersonalCopy,
    ReapplyErasuresJob,
    LookUpCooperativesHandler,
    ReceiveReportHandler,
    ListReportsHandler,
    CloseReportHandler,
  ],
};
