import { CHANNELS } from '@idxcoop/contracts';
import { ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import { Suppressions } from './suppressions';

/** Under what decisions about a contact or an official may be kept: a bounce or a stop word knows the address only. */
@Injectable()
export class Subjects {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly suppressions: Suppressions,
    private readonly services: ServiceClient,
  ) {}

  async of(contactId: string): Promise<string[]> {
    const all = [
      contactId,
      ...CHANNELS.map((channel) => `${contactId}/${channel}`),
      ...(await this.messages.distinct('addressHash', { recipientId: contactId })),
      ...(await this.addressOf(contactId)),
    ];
    return [...new Set(all.filter(Boolean) as string[])];
  }

  /** As long as onboarding knows the person; afterwards the traces of their messages have to do. */
  private async addressOf(contactId: string): Promise<string[]> {
    const path = `/internal/contacts/${contactId}/channels`;
    type Channels = { items: { contactId: string; address: string }[] };
    const answer = await this.services.get<Channels>('onboarding', path).catch(() => null);
    const own = answer?.items.filter((item) => item.contactId === contactId) ?? [];
    return own.map(({ address }) => this.suppressions.hashOf(address));
  }
}
