import { Clock, Derivation, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { canonicalAddress } from '../message/mask';
import type { Message } from '../message/message.schema';
import { kindOf, refusalOf, type SuppressionScope } from './scopes';
import { Suppression } from './suppression.schema';

/** What of a message decides whether its reader wants it. */
export type Addressed = Pick<Message, 'recipientId' | 'channel' | 'category' | 'template'>;

/** Who is not written to, and why. Only `lift` ends it: neither a new registration nor an import does. */
@Injectable()
export class Suppressions {
  constructor(
    @InjectModel(Suppression.name) private readonly suppressions: Model<Suppression>,
    private readonly derivation: Derivation,
    private readonly clock: Clock,
  ) {}

  /** Why a message must not go to its person, as a code; null where it may. */
  async refusal(message: Addressed, address: string): Promise<string | null> {
    const scopes = await this.scopesOf([...subjectsOf(message), this.hashOf(address)]);
    return refusalOf(scopes, kindOf(message));
  }

  /** Everything that is in force for any of these subjects. */
  async scopesOf(subjects: string[]): Promise<SuppressionScope[]> {
    const found = await this.suppressions.find({ subject: { $in: subjects } }, { scope: 1 }).lean();
    return found.map(({ scope }) => scope);
  }

  /** The first time of each reason stands. */
  async add(subjects: string[], scope: SuppressionScope, reason: string, session?: ClientSession): Promise<void> {
    for (const subject of subjects) {
      const since = this.clock.now();
      await this.suppressions.updateOne(
        { subject, scope, reason },
        { $setOnInsert: { _id: newId(), since } },
        { upsert: true, ...(session && { session }) },
      );
    }
  }

  /** Ends what this reason set, and nothing that another one did. */
  async lift(subjects: string[], scope: SuppressionScope, reason: string, session?: ClientSession): Promise<void> {
    await this.suppressions.deleteMany({ subject: { $in: subjects }, scope, reason }, session ? { session } : {});
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
