import type { Channel } from '@idxcoop/contracts';
import { ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { maskAddress } from '../message/mask';
import { Message } from '../message/message.schema';
import { Suppressions } from '../suppression/suppressions';

/** A channel on which a person may choose what they get. */
export interface PersonChannel {
  /** Absent where nobody can say any more which one it is. */
  channel?: Channel;
  address?: string;
  /** Under what a choice is kept: id, and the hash of the address, which outlives the record of the person. */
  subjects: string[];
  /** For a contact: where later consents are recorded. */
  contactId?: string;
  agreed: boolean;
  /** The channel of the link itself. */
  isOwn: boolean;
}

interface Item {
  contactId?: string;
  channel: Channel;
  address: string;
  consents: { announcements: boolean };
}

/** Whose choice a link is: a contact's id, or `<official>/<channel>`, since officials have one id for all channels. */
export type ChoiceSubject = string;

/**
 * Asks onboarding on which channels a person is. Who wants to stop need not wait for its answer: the channel of the link is
 * known without it.
 */
@Injectable()
export class PersonChannels {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly services: ServiceClient,
    private readonly suppressions: Suppressions,
  ) {}

  /** All of them, the link's own first. */
  async of(subject: ChoiceSubject): Promise<PersonChannel[]> {
    const [id = ''] = subject.split('/');
    const contact = await this.ask(`contacts/${encodeURIComponent(id)}`);
    const items = contact ?? (contact === null ? await this.ask(`officials/${encodeURIComponent(id)}`) : undefined);
    if (!items?.length) return [await this.own(subject)];
    const own = await this.own(subject);
    return items.map((item) => this.channelOf(item, subject, own)).sort((a, b) => Number(b.isOwn) - Number(a.isOwn));
  }

  /** The channel of the link, by what we know ourselves. */
  async own(subject: ChoiceSubject): Promise<PersonChannel> {
    const [recipientId = '', channel] = subject.split('/') as [string?, Channel?];
    const theirs = { recipientId, ...(channel && { channel }) };
    const hashes: string[] = await this.messages.distinct('addressHash', theirs);
    const last = await this.messages.findOne(theirs, { channel: 1, maskedAddress: 1 }).sort({ _id: -1 }).lean();
    return {
      channel: channel ?? last?.channel,
      address: last?.maskedAddress,
      subjects: [subject, ...hashes.filter(Boolean)],
      agreed: true,
      isOwn: true,
    };
  }

  private channelOf({ contactId, channel, address, consents }: Item, subject: ChoiceSubject, own: PersonChannel) {
    const [id, ofLink] = subject.split('/');
    const isOwn = contactId ? contactId === id : !ofLink || ofLink === channel;
    const hash = this.suppressions.hashOf(address);
    const key = contactId ?? `${id}/${channel}`;
    return {
      channel,
      address: maskAddress(address),
      subjects: [...new Set([key, hash, ...(isOwn ? own.subjects : [])])],
      ...(contactId && { contactId }),
      agreed: consents.announcements,
      isOwn,
    };
  }

  /** Null where there is no such person, undefined where nobody answers. */
  private async ask(whom: string): Promise<Item[] | null | undefined> {
    try {
      const answer = await this.services.get<{ items: Item[] }>('onboarding', `/internal/${whom}/channels`);
      return answer && answer.items;
    } catch {
      return undefined;
    }
  }
}
