import { help, started, statusReply, stopped } from '../answer-inbound/answer.templates';
import { approval, rejection } from '../announce-decision/decision.templates';
import { milestone } from '../announce-milestone/milestone.templates';
import type { TemplateKey } from '../message/message.schema';
import { verification } from '../request-verification/verification.templates';
import { statusLink } from '../send-status-link/status-link.templates';
import { welcome } from '../welcome-cooperative/welcome.templates';
import type { Template } from './template';

/** Every wording that people can get. */
export const TEMPLATES: Readonly<Record<TemplateKey, Template>> = {
  verification,
  welcome,
  status_link: statusLink,
  approval,
  rejection,
  milestone,
  stopped,
  started,
  status_reply: statusReply,
  help,
} as Record<TemplateKey, Template>;
