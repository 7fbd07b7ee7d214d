import { Cipher, ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Language, Message } from '../message/message.schema';
import { InboundMessage } from './inbound-message.schema';

/** More links than these are a list that nobody reads; the answer says that there are more. */
const MOST_LINKS = 3;

/** A verified contact of a number. */
export interface KnownContact {
  contactId: string;
  cooperativeId: string;
  language: Language;
}

interface StatusPage {
  cooperativeName: string;
  statusUrl: string;
}

/** What the answer to somebody needs; nothing of it is kept. */
export interface AnswerDelivery {
  channel: 'whatsapp';
  address: string;
  language?: Language;
  pages: StatusPage[];
  /** Cooperatives beyond those named. */
  more: number;
}

/** Whoever wrote to us: a number, and what onboarding knows of it. */
@Injectable()
export class Correspondents {
  constructor(
    @InjectModel(InboundMessage.name) private readonly inbound: Model<InboundMessage>,
    private readonly cipher: Cipher,
    private readonly services: ServiceClient,
  ) {}

  /** The verified contacts of who wrote. */
  async contactsOf({ phone }: Pick<InboundMessage, 'phone'>): Promise<KnownContact[]> {
    const body = { phone: this.cipher.decrypt(phone) };
    return (await this.services.post<{ items: KnownContact[] }>('onboarding', '/internal/contacts/lookup', body)).items;
  }

  /** Where an answer goes and what stands in it; null where what they wrote is forgotten, or they are known no more. */
  async deliveryOf({ recipientId, template }: Message): Promise<AnswerDelivery | null> {
    const inbound = await this.inbound.findById(recipientId).lean<InboundMessage>();
    if (!inbound) return null;
    const contacts = await this.contactsOf(inbound);
    const wanted = template === 'status_reply' ? contacts.slice(0, MOST_LINKS) : [];
    const pages = (await Promise.all(wanted.map(({ contactId }) => this.pageOf(contactId)))).filter(
      (page) => page !== null,
    );
    if (template === 'status_reply' && pages.length === 0) return null;
    const address = this.cipher.decrypt(inbound.phone);
    return {
      channel: 'whatsapp',
      address,
      language: contacts[0]?.language,
      pages,
      more: contacts.length - wanted.length,
    };
  }

  private pageOf(contactId: string): Promise<StatusPage | null> {
    return this.services.get('onboarding', `/internal/contacts/${contactId}/delivery?purpose=status_link`);
  }
}
