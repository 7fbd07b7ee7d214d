import { approval, rejection } from '../announce-decision/decision.templates';
import { caseEscalated } from '../announce-escalation/escalation.templates';
import { milestone } from '../announce-milestone/milestone.templates';
import { privacyCopy, privacyNotice } from '../answer-privacy-request/privacy-request.templates';
import { help, started, statusReply, stopped } from '../answer-inbound/answer.templates';
import { reactivation } from '../invite-back/reactivation.templates';
import { informationRequest } from '../ask-for-information/information.templates';
import type { TemplateKey } from '../message/message.schema';
import {
  requirementEscalated,
  requirementOverdue,
  requirementReminder,
} from '../remind-of-requirement/requirement.templates';
import { verification } from '../request-verification/verification.templates';
import { announcement } from '../run-campaign/announcement.templates';
import { digest } from '../send-digest/digest.templates';
import { signInCode } from '../send-sign-in-code/sign-in-code.templates';
import { statusLink } from '../send-status-link/status-link.templates';
import { librarySuggestions } from '../suggest-library-items/suggestions.templates';
import { welcome } from '../welcome-cooperative/welcome.templates';
import type { Template } from './template';

/** Every wording that people can get. */
export const TEMPLATES: Readonly<Record<TemplateKey, Template>> = {
  verification,
  welcome,
  status_link: statusLink,
  privacy_notice: privacyNotice,
  privacy_copy: privacyCopy,
  sign_in_code: signInCode,
  approval,
  rejection,
  information_request: informationRequest,
  case_escalated: caseEscalated,
  milestone,
  requirement_reminder: requirementReminder,
  requirement_overdue: requirementOverdue,
  requirement_escalated: requirementEscalated,
  digest,
  library_suggestions: librarySuggestions,
  reactivation,
  announcement,
  stopped,
  started,
  status_reply: statusReply,
  help,
};
