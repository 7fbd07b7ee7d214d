import { Cipher, Derivation, isDuplicate, Jobs, newId, type Wakeup } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { canonicalAddress } from '../message/mask';
import { INBOUND_QUEUE, InboundMessage } from './inbound-message.schema';
import type { ReceivedMessage } from './read-inbound';

const WEEK = 7 * 86_400_000;

/** What people wrote to us, encrypted, once, and for a week at most. */
@Injectable()
export class InboundMessages {
  constructor(
    @InjectModel(InboundMessage.name) private readonly inbound: Model<InboundMessage>,
    private readonly cipher: Cipher,
    private readonly derivation: Derivation,
    private readonly jobs: Jobs,
  ) {}

  /** Keeps what is new of these, and wakes the job that answers. */
  async keep(messages: ReceivedMessage[]): Promise<void> {
    const rows = messages.map((message) => this.rowOf(message, new Date()));
    const isNew = await Promise.all(rows.map((row) => this.insert(row)));
    const wakeups = rows.filter((_, index) => isNew[index]).map(inboundWakeup);
    if (wakeups.length > 0) void this.jobs.wakeAll(INBOUND_QUEUE, wakeups);
  }

  private async insert(row: InboundMessage): Promise<boolean> {
    try {
      await this.inbound.create(row);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private rowOf({ providerId, phone, text, sentAt }: ReceivedMessage, receivedAt: Date): InboundMessage {
    return {
      _id: newId(),
      providerIdHash: this.derivation.hash('provider', providerId),
      phone: this.cipher.encrypt(phone),
      phoneHash: this.derivation.hash('address', canonicalAddress(phone)),
      ...(text && { text: this.cipher.encrypt(text) }),
      sentAt,
      receivedAt,
      dueAt: receivedAt,
      forgetAt: new Date(receivedAt.getTime() + WEEK),
    };
  }
}

/** The wake-up of a message that waits to be read. */
export function inboundWakeup({ _id }: Pick<InboundMessage, '_id'>): Wakeup<{ inboundId: string }> {
  return { id: `${_id}-answer`, data: { inboundId: _id } };
}
