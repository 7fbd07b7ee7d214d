import type { Channel } from '@idxcoop/contracts';
import { Clock, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Consent, PURPOSES, type Purpose } from './consent.schema';
import type { Person } from './person.schema';

/** For each purpose whether the person agreed to it. */
export type Agreed = Readonly<Record<Purpose, boolean>>;

type Entry = Pick<Consent, 'purposes' | 'channels' | 'withdrawn'>;

/**
 * What a person agreed to on a channel: an entry holds for all of its purposes on all of its channels, until a later one takes
 * it back. The entries come in the order of their recording.
 */
export function agreedOn(entries: readonly Entry[], channel: Channel): Agreed {
  const has = (purpose: Purpose) => {
    const last = entries.findLast(({ purposes, channels }) => purposes.includes(purpose) && channels.includes(channel));
    return !!last && !last.withdrawn;
  };
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, has(purpose)])) as Record<Purpose, boolean>;
}

/** The ledger of consents as others may ask it. */
@Injectable()
export class Consents {
  constructor(
    @InjectModel(Consent.name) private readonly consents: Model<Consent>,
    private readonly clock: Clock,
  ) {}

  async of(personId: string, session?: ClientSession): Promise<Consent[]> {
    return inOrder(await this.consents.find({ personId }, undefined, session ? { session } : {}).lean<Consent[]>());
  }

  async ofAll(personIds: string[]): Promise<Consent[]> {
    return inOrder(await this.consents.find({ personId: { $in: personIds } }).lean<Consent[]>());
  }

  async on(personId: string, channel: Channel): Promise<Agreed> {
    return agreedOn(await this.of(personId), channel);
  }

  /** Takes back what was agreed to, over the text that was agreed to last. */
  async withdraw(
    { _id: personId, cooperativeId }: Pick<Person, '_id' | 'cooperativeId'>,
    taken: Pick<Consent, 'purposes' | 'channels'>,
    session: ClientSession,
  ): Promise<void> {
    const last = (await this.of(personId, session)).findLast(({ withdrawn }) => !withdrawn);
    const at = this.clock.now();
    const about = { personId, cooperativeId, version: last?.version ?? 'none', textHash: last?.textHash };
    const entry = { ...about, ...taken, withdrawn: true, source: 'privacy_request' as const };
    const dated = { _id: newId(), ...entry, givenOn: at.toISOString(), recordedAt: at };
    await this.consents.insertMany([dated], { session });
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

/** The order in which entries were recorded: a later one says what holds. */
function inOrder(entries: Consent[]): Consent[] {
  return entries.sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime() || (a._id < b._id ? -1 : 1));
}
