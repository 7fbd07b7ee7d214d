import type { Channel } from '@idxcoop/contracts';
import { Config, Derivation, ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Correspondents } from '../answer-inbound/correspondents';
import { Campaigns } from '../campaign/campaigns';
import { canonicalAddress } from '../message/mask';
import type { Language, Message, TemplateKey } from '../message/message.schema';
import { Suppressions } from '../suppression/suppressions';
import { TEMPLATES } from '../template/catalogue';
import { NAMELESS } from '../template/layout.templates';
import { plain } from '../template/plain';
import { sampleOf } from '../template/sample.templates';
import type { Reason, Variables } from '../template/template';
import { missing, valuesOf } from '../template/values';
import { type Fresh, Freshness } from './freshness';
import type { WrittenLetter } from './outcome';

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
  /** What they agreed to on this channel. */
  consents?: { service: boolean; announcements: boolean };
  personId?: string;
  timeZone?: string;
  reasons?: Reason[];
  expired?: boolean;
  pages?: { cooperativeName: string; statusUrl: string }[];
  more?: number;
}

const PURPOSES = {
  verification: 'verification',
  welcome: 'welcome',
  status_link: 'status_link',
  privacy_notice: 'notice',
  privacy_copy: 'privacy_copy',
  sign_in_code: 'sign_in',
  approval: 'decision',
  rejection: 'decision',
  information_request: 'information',
  case_escalated: 'notice',
  milestone: 'milestone',
  requirement_reminder: 'notice',
  requirement_overdue: 'notice',
  requirement_escalated: 'notice',
  digest: 'notice',
  library_suggestions: 'notice',
  reactivation: 'notice',
  announcement: 'notice',
} as const satisfies Partial<Record<TemplateKey, string>>;

/** So long a letter takes to its first byte where nothing is slow. */
const FRESH_FOR = 2_000;

/** Asks onboarding who a message goes to and what it says. An erased person is not there any more, so they cannot be written to. */
@Injectable()
export class Letters {
  constructor(
    private readonly services: ServiceClient,
    private readonly freshness: Freshness,
    private readonly correspondents: Correspondents,
    private readonly campaigns: Campaigns,
    private readonly suppressions: Suppressions,
    private readonly derivation: Derivation,
    private readonly config: Config,
  ) {}

  /** The letter, or why there is none, as a code. */
  async write(message: Message): Promise<WrittenLetter | string> {
    const fresh = await this.freshness.of(message);
    if (typeof fresh === 'string') return fresh;
    const answer = await this.ask(message);
    if (!answer || answer.channel !== message.channel) return 'contact_gone';
    const refusal = await this.refusal(message, answer);
    if (refusal) return refusal;
    const template = TEMPLATES[message.template];
    const { isTest } = message.details;
    const language = (isTest ? undefined : answer.language) ?? message.language;
    const details = { ...message.details, ...fresh.details, ...(await this.campaigns.detailsOf(message)) };
    const own = this.variables({ ...message, details }, answer, fresh, language);
    const variables = isTest ? this.sample(own, language) : own;
    if (missing(template, message.channel, valuesOf(template, variables, language)).length > 0)
      return 'variables_missing';
    const { address, personId = message.recipientId, timeZone = 'Asia/Jakarta' } = answer;
    const hash = this.derivation.hash('address', canonicalAddress(address));
    if (!(await this.campaigns.isTheOne(message, hash))) return 'already_told';
    const reader = { personId, timeZone };
    const unsubscribeUrl = this.oneClick(message);
    return { message, template, address, reader, language, variables, unsubscribeUrl, writtenAt: Date.now() };
  }

  /**
   * Why a letter must not leave although it was written, asked just before its first byte: its person may have said no
   * meanwhile. One that waited for its line is written anew, since the person may even be gone.
   */
  async lastLook({ message, address, writtenAt }: WrittenLetter): Promise<string | null> {
    if (message.recipientKind === 'inbound') return null;
    if (Date.now() - writtenAt < FRESH_FOR) return this.suppressions.refusal(message, address);
    const again = await this.write(message);
    if (typeof again === 'string') return again;
    return again.address === address ? null : 'contact_gone';
  }

  private ask(message: Message): Promise<DeliveryAnswer | null> {
    const { recipientKind, recipientId, channel, template, cooperativeId, details } = message;
    if (recipientKind === 'inbound') return this.correspondents.deliveryOf(message);
    const id = encodeURIComponent(recipientId);
    if (recipientKind === 'official') {
      const about = cooperativeId ? `&cooperativeId=${cooperativeId}` : codeFor(details);
      return this.services.get('onboarding', `/internal/officials/${id}/delivery?channel=${channel}${about}`);
    }
    const query = new URLSearchParams({ purpose: PURPOSES[template as keyof typeof PURPOSES] });
    if (details.flowId) query.set('flowId', details.flowId);
    if (details.sendNumber) query.set('sendNumber', String(details.sendNumber));
    if (details.reviewCaseId) query.set('reviewCaseId', details.reviewCaseId);
    if (details.informationRequestId) query.set('informationRequestId', details.informationRequestId);
    return this.services.get('onboarding', `/internal/contacts/${id}/delivery?${query}`);
  }

  /**
   * Why a person is not to be written to, whoever planned it. Consent in e-mail is not needed for what they asked for
   * themselves, and officials are written to by their office; but all may stop announcements. Who just wrote is answered.
   */
  private async refusal(message: Message, { expired, consents, address }: DeliveryAnswer): Promise<string | null> {
    if (expired) return 'expired';
    if (message.recipientKind === 'inbound') return null;
    const purpose = neededConsent(message);
    if (purpose && !consents?.[purpose]) return 'no_consent';
    return this.suppressions.refusal(message, address);
  }

  /** What the wording may use: texts of people made harmless, links made whole. */
  private variables(message: Message, answer: DeliveryAnswer, { items }: Fresh, language: Language): Variables {
    const hasChoice = message.category !== 'authentication';
    return {
      name: plain(answer.name ?? '') || NAMELESS[language],
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
      items,
      details: message.details,
    };
  }

  /** A test says made-up things, to a real person. */
  private sample({ name, preferencesUrl }: Variables, language: Language): Variables {
    return { ...sampleOf(language, this.config.publicUrl), name, preferencesUrl, isTest: true };
  }

  /** Where a mail program posts that a person wants no more of this (RFC 8058); only announcements can be stopped. */
  private oneClick(message: Message): string | undefined {
    if (message.category !== 'announcement') return undefined;
    return this.whole(`/v1/unsubscribe/${this.choiceToken(message)}`);
  }

  /** An official has one id for all channels, so theirs names the channel as well. */
  private choiceToken({ recipientKind, recipientId, channel }: Message): string {
    const subject = recipientKind === 'official' ? `${recipientId}/${channel}` : recipientId;
    return this.derivation.token('preferences', subject);
  }

  private whole(link: string | undefined): string | undefined {
    return link && new URL(link, this.config.publicUrl).toString();
  }
}

/** Which code is meant, where an official signs in. */
function codeFor({ flowId, sendNumber }: Message['details']): string {
  return flowId ? `&flowId=${encodeURIComponent(flowId)}&sendNumber=${sendNumber ?? 1}` : '';
}

/** Announcements need a consent of their own, WhatsApp one for the service; e-mail is the way that the person gave. */
function neededConsent({ recipientKind, category, channel }: Message): 'service' | 'announcements' | null {
  if (recipientKind !== 'contact') return null;
  if (category === 'announcement') return 'announcements';
  return channel === 'whatsapp' ? 'service' : null;
}
