import { Clock, Config, fieldError, IdempotencyKeys, Mongo, newId, notFound, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { type Language, TEMPLATE_KEYS, type TemplateKey } from '../message/message.schema';
import { Messages } from '../message/messages';
import { TEMPLATES } from '../template/catalogue';
import { writeMail } from '../template/mail';
import { sampleOf } from '../template/sample.templates';
import type { Template, Values, Variables } from '../template/template';
import { TemplateStates } from '../template/template-states';
import { fit, valuesOf } from '../template/values';
import { writeWhatsApp } from '../template/whatsapp';
import { settingsOf } from '../workflow/workflows';
import type {
  PreviewTemplateDto,
  TemplateApprovalView,
  TemplateListView,
  TemplatePreviewView,
  TemplateTestView,
  TemplateView,
  TestTemplateDto,
} from './manage-templates.dto';
import { NOT_A_VALUE, notTestable, UNKNOWN_VARIABLE } from './manage-templates.templates';

const LANGUAGES: Language[] = ['id', 'en'];

/** Shows the wordings, and sends one to who wants to see it. */
@Injectable()
export class ManageTemplatesHandler {
  constructor(
    private readonly states: TemplateStates,
    private readonly messages: Messages,
    private readonly idempotency: IdempotencyKeys,
    private readonly mongo: Mongo,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<TemplateListView> {
    return { items: await Promise.all(TEMPLATE_KEYS.map((key) => this.view(key))) };
  }

  preview(key: string, { language, variables = {} }: PreviewTemplateDto): TemplatePreviewView {
    const template = find(key);
    const sample = sampleOf(language, this.config.publicUrl);
    const values = { ...valuesOf(template, sample, language), ...given(template, variables) };
    return {
      email: template.mail && writeMail(template, sample, language, values),
      whatsapp: whatsappOf(template, sample, language, values),
    };
  }

  /** A message of its own cause: a test asked twice is sent twice, unless it is the same request. */
  async test(key: string, { language, officialId, channel = 'email' }: TestTemplateDto): Promise<TemplateTestView> {
    const { mail, whatsapp } = find(key);
    if (whatsapp.category === 'SERVICE' || (channel === 'email' && !mail)) throw notTestable();
    const causeId = newId();
    const plan = {
      ...settingsOf('template_test', this.clock.now()),
      ...{ cause: causeId, template: key as TemplateKey, channel, language },
      ...{ recipientKind: 'official' as const, recipientId: officialId, details: { isTest: true } },
    };
    return this.mongo.transaction(async (session) => {
      await this.messages.plan(plan, session);
      await this.idempotency.record({ causeId }, session);
      return { causeId };
    });
  }

  private async view(key: TemplateKey): Promise<TemplateView> {
    const { variables, mail, whatsapp } = TEMPLATES[key];
    const { name, category, parameters } = whatsapp;
    const languages = await Promise.all(LANGUAGES.map((language) => this.approval(key, language)));
    return {
      key,
      languages: LANGUAGES,
      channels: mail ? ['email', 'whatsapp'] : ['whatsapp'],
      variables: Object.entries(variables).map(([variable, { kind, atMost }]) => ({ name: variable, kind, atMost })),
      whatsapp: { name, category, parameters: [...parameters], languages },
    };
  }

  private async approval(key: TemplateKey, language: Language): Promise<TemplateApprovalView> {
    const { name, wording, category } = TEMPLATES[key].whatsapp;
    const known = await this.states.of(name, language);
    return {
      language,
      wording: wording && wording[language],
      state: known?.state ?? 'UNKNOWN',
      isUsable: !(await this.states.stops({ channel: 'whatsapp', template: key, language })),
      ...(known?.reason && { reason: known.reason }),
      ...(known?.stateAt && { since: known.stateAt.toISOString() }),
      ...(known?.category && known.category !== category && { metaCategory: known.category }),
    };
  }
}

function find(key: string): Template {
  if (!(TEMPLATE_KEYS as readonly string[]).includes(key)) throw notFound();
  return TEMPLATES[key as TemplateKey];
}

function whatsappOf(template: Template, sample: Variables, language: Language, values: Values) {
  const { name, parameters, body } = writeWhatsApp(template, sample, language, values);
  return { name, parameters, body };
}

/** Words and links that replace samples, held to the same bounds as those of a message. */
function given({ variables }: Template, wanted: Record<string, unknown>): Values {
  const errors = Object.entries(wanted).flatMap(([name, value]) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (!variable || !['text', 'url'].includes(variable.kind))
      return [fieldError(`/variables/${name}`, 'unknown_variable', UNKNOWN_VARIABLE)];
    if (typeof value === 'string' && fit(value, variable) !== undefined) return [];
    return [fieldError(`/variables/${name}`, 'not_a_value', NOT_A_VALUE)];
  });
  if (errors.length > 0) throw refusal(errors);
  const fitted = Object.entries(wanted).map(([name, value]) => {
    const variable = variables[name];
    return [name, variable && fit(value as string, variable)] as const;
  });
  return Object.fromEntries(fitted);
}
