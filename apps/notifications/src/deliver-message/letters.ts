import type { Channel } from '@idxcoop/contracts';
import { Config, Derivation, ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Correspondents } from '../answer-inbound/correspondents';
import { Campaigns } from '../campaign/campaigns';
import type { Language, Message, TemplateKey } from '../message/message.schema';
import { Suppressions } from '../suppression/suppressions';
import { TEMPLATES } from '../template/catalogue';
import { plain } from '../template/plain';
import type { Reason, Variables } from '../template/template';
import type { Letter } from './outcome';

/** What onboarding answers at the moment of delivery; nothing of it is kept. */
interface DeliveryAnswer {
  channel: Channel;
  address: string;
  language?: Language;
  name?: string;
  cooperativeName?: string;
  code?: string;
  link?: string;
  statusUrl?: string;
  consented?: boolean;
  reasons?: Reason[];
  expired?: boolean;
  pages?: { cooperativeName: string; statusUrl: string }[];
  more?: number;
}

const PURPOSES = {
  verification: 'verification',
  welcome: 'welcome',
  status_link: 'status_link',
  approval: 'decision',
  rejection: 'decision',
  milestone: 'milestone',
  requirement_reminder: 'notice',
  requirement_overdue: 'notice',
  requirement_escalated: 'notice',
  digest: 'notice',
  library_suggestions: 'notice',
  reactivation: 'notice',
  announcement: 'notice',
} as const satisfies Partial<Record<TemplateKey, string>>;

/** Asks onboarding who a message goes to and what it says. An erased person is not there any more, so they cannot be written to. */
@Injectable()
export class Letters {
  constructor(
    private readonly services: ServiceClient,
    private readonly correspondents: Correspondents,
    private readonly campaigns: Campaigns,
    private readonly suppressions: Suppressions,
    private readonly derivation: Derivation,
    private readonly config: Config,
  ) {}

  /** The letter, or why there is none, as a code. */
  async write(message: Message): Promise<Letter | string> {
    const answer = await this.ask(message);
    if (!answer || answer.channel !== message.channel) return 'contact_gone';
    const refusal = await this.refusal(message, answer);
    if (refusal) return refusal;
    const template = TEMPLATES[message.template];
    const language = answer.language ?? message.language;
    const details = { ...message.details, ...(await this.campaigns.detailsOf(message)) };
    const variables = this.variables({ ...message, details }, answer, language);
    if (template.needs[message.channel].some((name) => !variables[name])) return 'variables_missing';
    return { message, template, address: answer.address, language, variables, unsubscribeUrl: this.oneClick(message) };
  }

  private ask(message: Message): Promise<DeliveryAnswer | null> {
    const { recipientKind, recipientId, channel, template, details } = message;
    if (recipientKind === 'inbound') return this.correspondents.deliveryOf(message);
    const id = encodeURIComponent(recipientId);
    if (recipientKind === 'official') {
      return this.services.get('onboarding', `/internal/officials/${id}/delivery?channel=${channel}`);
    }
    const query = new URLSearchParams({ purpose: PURPOSES[template as keyof typeof PURPOSES] });
    if (details.flowId) query.set('flowId', details.flowId);
    if (details.sendNumber) query.set('sendNumber', String(details.sendNumber));
    if (details.reviewCaseId) query.set('reviewCaseId', details.reviewCaseId);
    return this.services.get('onboarding', `/internal/contacts/${id}/delivery?${query}`);
  }

  /**
   * Why a person is not to be written to, whoever planned it. Consent in e-mail is not needed for what they asked for
   * themselves, and officials are written to by their office; but all may stop announcements. Who just wrote is answered.
   */
  private async refusal(message: Message, { expired, consented, address }: DeliveryAnswer): Promise<string | null> {
    if (expired) return 'expired';
    if (message.recipientKind === 'inbound') return null;
    const { category } = message;
    const needsConsent = message.channel === 'whatsapp' || category === 'announcement';
    if (message.recipientKind === 'contact' && needsConsent && !consented) return 'no_consent';
    return this.suppressions.refusal(message, address);
  }

  /** What the wording may use: texts of people made harmless, links made whole. */
  private variables(message: Message, answer: DeliveryAnswer, language: Language): Variables {
    const hasChoice = message.category !== 'authentication';
    return {
      name: plain(answer.name ?? '') || (language === 'en' ? 'there' : 'Bapak/Ibu'),
      cooperativeName: plain(answer.cooperativeName ?? '') || 'IDXCOOP',
      code: answer.code,
      link: this.whole(answer.link),
      statusUrl: this.whole(answer.statusUrl),
      preferencesUrl: hasChoice ? this.whole(`/v1/preferences/${this.choiceToken(message)}`) : undefined,
      reasons: answer.reasons ?? [],
      pages: answer.pages?.map(({ cooperativeName, statusUrl }) => ({
        title: plain(cooperativeName),
        url: this.whole(statusUrl) ?? '',
      })),
      morePages: answer.more,
      details: message.details,
    };
  }

  /** Where a mail program posts that a person wants no more of this (RFC 8058); only announcements can be stopped. */
  private oneClick(message: Message): string | undefined {
    if (message.category !== 'announcement') return undefined;
    return this.whole(`/v1/unsubscribe/${this.choiceToken(message)}`);
  }

  private choiceToken({ recipientId }: Message): string {
    return this.derivation.token('preferences', recipientId);
  }

  private whole(link: string | undefined): string | undefined {
    return link && new URL(link, this.config.publicUrl).toString();
  }
}
