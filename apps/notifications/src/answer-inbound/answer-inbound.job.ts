import { Cipher, Clock, Job, type JobHandler, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { TemplateKey } from '../message/message.schema';
import { Messages } from '../message/messages';
import { Suppressions } from '../suppression/suppressions';
import { settingsOf } from '../workflow/workflows';
import { AnsweredNumber, oneMore } from './answered-number.schema';
import { Correspondents } from './correspondents';
import { INBOUND_QUEUE, InboundMessage } from './inbound-message.schema';
import { inboundWakeup } from './inbound-messages';
import { readWord, type Word } from './word';

const LATER = 10_000;
/** BERHENTI stops all that the person does not ask for; MULAI lifts what the word has set, and nothing else. */
const BY_WORD = ['notices', 'stop_word'] as const;
/** Meta could not deliver to the number, as where there is no WhatsApp: whoever writes from it shows that there is. */
const UNREACHABLE = ['all', '131026'] as const;

interface Answer {
  template: TemplateKey;
  cooperativeId?: string;
}

/**
 * Does what a person wrote, and plans one answer at most: what the word changes, the answer and the mark that it is done are one
 * transaction.
 */
@Job({ queue: INBOUND_QUEUE, concurrency: 10 })
export class AnswerInboundJob implements JobHandler<{ inboundId: string }> {
  constructor(
    @InjectModel(InboundMessage.name) private readonly inbound: Model<InboundMessage>,
    @InjectModel(AnsweredNumber.name) private readonly answered: Model<AnsweredNumber>,
    private readonly correspondents: Correspondents,
    private readonly suppressions: Suppressions,
    private readonly messages: Messages,
    private readonly mongo: Mongo,
    private readonly cipher: Cipher,
    private readonly clock: Clock,
  ) {}

  async process({ inboundId }: { inboundId: string }): Promise<void> {
    // If this process dies or onboarding is away, the timer finds it again a little later.
    const later = { $set: { dueAt: new Date(Date.now() + LATER) } };
    const waiting = { _id: inboundId, dueAt: { $exists: true } };
    const inbound = await this.inbound.findOneAndUpdate(waiting, later).lean<InboundMessage>();
    if (!inbound) return;
    const word = inbound.text ? readWord(this.cipher.decrypt(inbound.text)) : 'help';
    const known = word === 'status' ? await this.correspondents.contactsOf(inbound) : [];
    await this.mongo.transaction(async (session) => {
      const done = { $set: { word }, $unset: { dueAt: 1, text: 1 } };
      const taken = await this.inbound.updateOne(waiting, done, { session });
      if (taken.modifiedCount === 0) return;
      await this.suppressions.lift([inbound.phoneHash], ...UNREACHABLE, session);
      const answer = await this.act(word, inbound, known, session);
      if (answer && (await this.mayAnswer(inbound, word, session))) await this.plan(inbound, answer, session);
    });
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ inboundId: string }>[]> {
    const due = await this.inbound
      .find({ dueAt: { $lte: new Date() } }, { _id: 1 })
      .limit(limit)
      .lean();
    return due.map(inboundWakeup);
  }

  /** What is answered. Only who has proved a number learns by it of a cooperative. */
  private async act(
    word: Word,
    { phoneHash }: InboundMessage,
    known: { cooperativeId: string }[],
    session: ClientSession,
  ): Promise<Answer | null> {
    switch (word) {
      case 'stop':
        return (await this.suppressions.add([phoneHash], ...BY_WORD, session)) ? { template: 'stopped' } : null;
      case 'start':
        await this.suppressions.lift([phoneHash], ...BY_WORD, session);
        return { template: 'started' };
      case 'status':
        if (known.length === 0) return { template: 'help' };
        return { template: 'status_reply', ...(known.length === 1 && { cooperativeId: known[0]?.cooperativeId }) };
      case 'help':
        return { template: 'help' };
    }
  }

  /** Counted in the transaction, so that two of a number at the same time are one after the other. */
  private async mayAnswer({ phoneHash }: InboundMessage, word: Word, session: ClientSession): Promise<boolean> {
    const before = await this.answered.findById(phoneHash).session(session).lean<AnsweredNumber>();
    // Who stops is told so, however soon after another answer; it comes once.
    const after = oneMore(before?.at ?? [], new Date(), word === 'stop' ? 0 : undefined);
    if (after) await this.answered.updateOne({ _id: phoneHash }, { $set: after }, { upsert: true, session });
    return after !== null;
  }

  private async plan({ _id, sentAt }: InboundMessage, answer: Answer, session: ClientSession): Promise<void> {
    const settings = settingsOf('answer', sentAt);
    if (settings.expiresAt <= this.clock.now()) return;
    const about = { cause: _id, channel: 'whatsapp', language: 'id', details: {} } as const;
    await this.messages.plan({ ...about, ...answer, recipientKind: 'inbound', recipientId: _id, ...settings }, session);
  }
}
