import type { Channel } from '@idxcoop/contracts';
import { Clock, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Consent, PURPOSES, type Purpose } from './consent.schema';
import type { Person } from './person.schema';

/** For each purpose whether the person agreed to it. */
export type Agreed = Readonly<Record<Purpose, boolean>>;

/** What a person agreed to on a channel: an entry holds for all of its purposes on all of its channels. */
export function agreedOn(entries: readonly Pick<Consent, 'purposes' | 'channels'>[], channel: Channel): Agreed {
  const has = (purpose: Purpose) =>
    entries.some(({ purposes, channels }) => purposes.includes(purpose) && channels.includes(channel));
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, has(purpose)])) as Record<Purpose, boolean>;
}

/** The ledger of consents as others may ask it. */
@Injectable()
export class Consents {
  constructor(
    @InjectModel(Consent.name) private readonly consents: Model<Consent>,
    private readonly clock: Clock,
  ) {}

  of(personId: string, session?: ClientSession): Promise<Consent[]> {
    return this.consents
      .find({ personId }, undefined, session ? { session } : {})
      .lean<Consent[]>()
      .exec();
  }

  ofAll(personIds: string[]): Promise<Consent[]> {
    return this.consents
      .find({ personId: { $in: personIds } })
      .lean<Consent[]>()
      .exec();
  }

  async on(personId: string, channel: Channel): Promise<Agreed> {
    return agreedOn(await this.of(personId), channel);
  }

  /** Adds what a person agreed to later, on their own page. */
  async add(
    { _id: personId, cooperativeId }: Pick<Person, '_id' | 'cooperativeId'>,
    given: Pick<Consent, 'version' | 'textHash' | 'purposes' | 'channels'>,
    session: ClientSession,
  ): Promise<void> {
    const at = this.clock.now();
    const entry = { ...given, source: 'preferences' as const, givenOn: at.toISOString(), recordedAt: at };
    await this.consents.insertMany([{ _id: newId(), personId, cooperativeId, ...entry }], { session });
  }
}
