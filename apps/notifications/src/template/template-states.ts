import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message, type TemplateKey } from '../message/message.schema';
import { TEMPLATES } from './catalogue';
import { TemplateState } from './template-state.schema';

/** The code of messages that wait for Meta. */
export const NOT_APPROVED = 'template_not_approved';
/** An approval wakes what waits; this is for what that missed. */
export const LOOK_AGAIN_MS = 10 * 60_000;

/** States in which Meta sends nothing of a template; in all others, and where it has said nothing, it does. */
const STOPPED: readonly string[] = [
  'PENDING',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'IN_APPEAL',
  'LOCKED',
  'ARCHIVED',
  'DELETED',
];
/** A change takes this long at most to reach every process. */
const REMEMBERED_MS = 1_000;

/** What a webhook says of a template. */
export interface TemplateNotice {
  name: string;
  language: string;
  /** A new state, or … */
  event?: string;
  reason?: string;
  /** … a new category. */
  newCategory?: string;
  /** By Meta's clock. */
  at: Date;
}

/** The approval states of WhatsApp templates, kept in step by what Meta tells; each message asks, so they are remembered for a moment. */
@Injectable()
export class TemplateStates {
  private remembered: { at: number; all: Promise<TemplateState[]> } | undefined;

  constructor(
    @InjectModel(TemplateState.name) private readonly states: Model<TemplateState>,
    @InjectModel(Message.name) private readonly messages: Model<Message>,
  ) {}

  /** Takes in a notice. They come doubled and in any order: the newest counts. */
  async apply({ name, language, event, reason, newCategory, at }: TemplateNotice): Promise<void> {
    const _id = idOf(name, language);
    await this.states.updateOne({ _id }, { $setOnInsert: { _id } }, { upsert: true });
    const notNewer = (field: 'stateAt' | 'categoryAt') => ({
      _id,
      $or: [{ [field]: { $exists: false } }, { [field]: { $lte: at } }],
    });
    if (newCategory)
      await this.states.updateOne(notNewer('categoryAt'), { $set: { category: newCategory, categoryAt: at } });
    if (!event) return;
    const { modifiedCount } = await this.states.updateOne(notNewer('stateAt'), {
      $set: { state: event, stateAt: at, ...(reason && { reason }) },
      ...(!reason && { $unset: { reason: 1 } }),
    });
    this.remembered = undefined;
    if (modifiedCount > 0 && !STOPPED.includes(event)) await this.release(name);
  }

  /** Whether Meta would refuse a message because of its template. */
  async stops({ channel, template, language }: Pick<Message, 'channel' | 'template' | 'language'>): Promise<boolean> {
    const { whatsapp } = TEMPLATES[template];
    if (channel !== 'whatsapp' || whatsapp.category === 'SERVICE') return false;
    const id = idOf(whatsapp.name, language);
    const state = (await this.all()).find(({ _id }) => _id === id)?.state;
    return state !== undefined && STOPPED.includes(state);
  }

  /** What is known of a template in a language. */
  async of(name: string, language: string): Promise<TemplateState | undefined> {
    return (await this.all()).find(({ _id }) => _id === idOf(name, language));
  }

  /** What waited for this is looked at again, in every language: which one a letter has is known when it is written. */
  private async release(name: string): Promise<void> {
    const keys = (Object.keys(TEMPLATES) as TemplateKey[]).filter((key) => TEMPLATES[key].whatsapp.name === name);
    const waiting = { state: 'held', code: NOT_APPROVED, template: { $in: keys } } as const;
    await this.messages.updateMany(waiting, { $set: { dueAt: new Date() } });
  }

  private all(): Promise<TemplateState[]> {
    const now = Date.now();
    if (this.remembered && now - this.remembered.at < REMEMBERED_MS) return this.remembered.all;
    const all = this.states.find().lean<TemplateState[]>().exec();
    all.catch(() => {
      this.remembered = undefined;
    });
    this.remembered = { at: now, all };
    return all;
  }
}

function idOf(name: string, language: string): string {
  return `${name}/${language}`;
}
