import { Clock, Derivation, Mongo, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { canonicalAddress } from '../message/mask';
import { Gather } from '../message/gather';
import type { Message } from '../message/message.schema';
import { type Circumstances, ConsentLedger } from './consent-ledger';
import { kindOf, refusalOf, type SuppressionScope } from './scopes';
import { Suppression } from './suppression.schema';

/** What of a message decides whether its reader wants it. */
export type Addressed = Pick<Message, 'recipientId' | 'channel' | 'category' | 'workflow'>;

/**
 * Who is not written to, and why. Only `lift` ends it: neither a new registration nor an import does. Whatever changes stands in
 * the ledger with it.
 */
@Injectable()
export class Suppressions {
  /** Each message is looked up twice, and many are under way at once. */
  private readonly together = new Gather<string[], SuppressionScope[]>((asked) => this.scopesOf(asked));

  constructor(
    @InjectModel(Suppression.name) private readonly suppressions: Model<Suppression>,
    private readonly ledger: ConsentLedger,
    private readonly mongo: Mongo,
    private readonly derivation: Derivation,
    private readonly clock: Clock,
  ) {}

  /** Why a message must not go to its person, as a code; null where it may. */
  async refusal(message: Addressed, address: string): Promise<string | null> {
    return this.refusalAt(message, this.hashOf(address));
  }

  /** The same, for who knows no more of an address than its hash. */
  async refusalAt(message: Addressed, addressHash: string): Promise<string | null> {
    const scopes = await this.together.get([...subjectsOf(message), addressHash]);
    return refusalOf(scopes, kindOf(message));
  }

  /** Everything that holds for any of these subjects, the oldest first. */
  inForce(subjects: string[]): Promise<Pick<Suppression, 'scope' | 'reason'>[]> {
    return this.suppressions
      .find({ subject: { $in: subjects } }, { scope: 1, reason: 1 })
      .sort({ since: 1 })
      .lean<Suppression[]>()
      .exec();
  }

  /** The first time of each reason stands; false where nothing is new. Where no session is given this is its own transaction. */
  async add(
    subjects: string[],
    scope: SuppressionScope,
    reason: string,
    session?: ClientSession,
    circumstances: Circumstances = {},
  ): Promise<boolean> {
    if (!session) return this.mongo.transaction((own) => this.add(subjects, scope, reason, own, circumstances));
    let isNew = false;
    for (const subject of subjects) {
      const { upsertedCount } = await this.suppressions.updateOne(
        { subject, scope, reason },
        { $setOnInsert: { _id: newId(), since: this.clock.now() } },
        { upsert: true, session },
      );
      isNew ||= upsertedCount > 0;
    }
    if (isNew) await this.ledger.record('withdrawn', subjects, scope, reason, circumstances, session);
    return isNew;
  }

  /** Ends what this reason set, and nothing that another one did; false where there was nothing. */
  async lift(
    subjects: string[],
    scope: SuppressionScope,
    reason: string,
    session?: ClientSession,
    circumstances: Circumstances = {},
  ): Promise<boolean> {
    if (!session) return this.mongo.transaction((own) => this.lift(subjects, scope, reason, own, circumstances));
    const its = { subject: { $in: subjects }, scope, reason };
    const { deletedCount } = await this.suppressions.deleteMany(its, { session });
    if (deletedCount > 0) await this.ledger.record('given', subjects, scope, reason, circumstances, session);
    return deletedCount > 0;
  }

  private async scopesOf(asked: string[][]): Promise<SuppressionScope[][]> {
    const found = await this.suppressions.find({ subject: { $in: asked.flat() } }, { subject: 1, scope: 1 }).lean();
    if (found.length === 0) return asked.map(() => []);
    return asked.map((subjects) => found.filter(({ subject }) => subjects.includes(subject)).map(({ scope }) => scope));
  }

  /** The keyed hash under which an address is suppressed. */
  hashOf(address: string): string {
    return this.derivation.hash('address', canonicalAddress(address));
  }
}

/** Under what a person may be suppressed: an official has one id for all channels, so the channel is named with it. */
export function subjectsOf({ recipientId, channel }: Pick<Message, 'recipientId' | 'channel'>): string[] {
  return [recipientId, `${recipientId}/${channel}`];
}
