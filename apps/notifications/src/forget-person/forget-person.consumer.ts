import { PersonErasedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { InboundMessage } from '../answer-inbound/inbound-message.schema';
import { Message } from '../message/message.schema';
import { Suppressions } from '../suppression/suppressions';

const TRACES = { maskedAddress: 1, addressHash: 1, providerIdHash: 1, abandoned: 1 } as const;

/**
 * Forgets who an erased person was. That nobody writes to them again outlives it, under the keyed hash of the address; what
 * still waits ends by itself, since onboarding does not know them any more.
 */
@EventConsumer('forget-person')
export class ForgetPersonConsumer {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    @InjectModel(InboundMessage.name) private readonly inbound: Model<InboundMessage>,
    private readonly suppressions: Suppressions,
  ) {}

  @OnEvent(PersonErasedV1)
  async on({ contactIds }: PersonErasedV1, { session }: EventContext): Promise<void> {
    const theirs = { recipientId: { $in: contactIds } };
    const told = await this.messages.find(theirs, { addressHash: 1 }).session(session).lean<Message[]>();
    const hashes = [...new Set(told.flatMap(({ addressHash }) => addressHash ?? []))];
    await this.suppressions.add([...contactIds, ...hashes], 'notices', 'erased', session, { how: 'officer' });
    await this.messages.updateMany(theirs, { $unset: TRACES }, { session });
    if (hashes.length > 0) await this.inbound.deleteMany({ phoneHash: { $in: hashes } }, { session });
  }
}
